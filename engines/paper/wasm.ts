/** Where a bundler puts the browser compiler's WebAssembly: the address to fetch it from, and how many bytes it is once unpacked. For the worker of an app that Vite bundles; nothing else loads this file. */
export { default as wasmAddress } from "@myriaddreamin/typst-ts-web-compiler/wasm?url";

/** Bytes of the WebAssembly, unpacked: what progress is told against. A test holds it to the file. */
export const wasmBytes = 28_325_178;
