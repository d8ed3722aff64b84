/** The only addresses of script this app may hand to the browser (Trusted Types policy `rugdekking`); the server's CSP names the same policy. */

interface Policy {
  createScriptURL(address: string): string;
}

declare global {
  interface Window {
    readonly trustedTypes?: { createPolicy(name: string, rules: { createScriptURL: (address: string) => string }): Policy };
  }
}

const sameOrigin = (address: string): string => {
  const full = new URL(address, location.origin);
  if (full.origin !== location.origin || !(full.pathname === "/sw.js" || full.pathname.startsWith("/assets/"))) {
    throw new TypeError("a script address outside this app was refused");
  }
  return full.href;
};

const policy: Policy = window.trustedTypes?.createPolicy("rugdekking", { createScriptURL: sameOrigin }) ?? { createScriptURL: sameOrigin };

/** Marks an address as one of ours. @throws TypeError for any other address. */
export const ownScript = (address: string): string => policy.createScriptURL(address);
