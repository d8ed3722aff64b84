/** A real time-stamp authority for tests: certificates and answers made by `openssl`, served over HTTP, with the ways in which an authority can be wrong. Only tests import it. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Whether `openssl` is on this machine; tests that need it say so and skip without it. */
export const hasOpenssl = ((): boolean => {
  try {
    execFileSync("openssl", ["version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
})();

/** How a certificate of the authority is made. */
export interface AuthorityOptions {
  /** Extended key usage line; a right one unless told otherwise. */
  readonly usage?: string;
  /** Key of the one who signs. */
  readonly key?: "ec" | "rsa" | "rsa-1024";
  readonly digest?: "sha256" | "sha512";
  /** An authority between root and signer, sent along with the answer. */
  readonly intermediate?: boolean;
  /** Validity, as `openssl ca` writes moments: `YYMMDDHHMMSSZ`. */
  readonly from?: string;
  readonly until?: string;
  readonly name?: string;
}

/** An authority on disk that answers requests. */
export interface TestAuthority {
  readonly folder: string;
  /** The root, PEM. */
  readonly rootPem: string;
  /** The root, DER. */
  readonly root: Uint8Array;
  /** `openssl ts -reply`. */
  reply(request: Uint8Array): Uint8Array<ArrayBuffer>;
  /** Any `openssl` line in the folder. */
  openssl(...line: string[]): Buffer;
  remove(): void;
}

const run = (folder: string, line: readonly string[], input?: Uint8Array): Buffer =>
  execFileSync("openssl", [...line], { cwd: folder, stdio: ["pipe", "pipe", "pipe"], ...(input === undefined ? {} : { input }) });

const keyArguments: Readonly<Record<NonNullable<AuthorityOptions["key"]>, readonly string[]>> = {
  ec: ["ec", "-pkeyopt", "ec_paramgen_curve:P-256"],
  rsa: ["rsa:2048"],
  "rsa-1024": ["rsa:1024"],
};

const section = (more: string, digest: string): string => `[stamping]
serial = serial
signer_cert = stamp.pem
signer_key = stamp.key
${more}signer_digest = ${digest}
default_policy = 1.2.3.4.1
digests = sha256, sha512
accuracy = secs:1
ess_cert_id_alg = sha256
ordering = no
tsa_name = yes
`;

function sign(folder: string, subject: string, by: string, extensions: string, from: string, until: string, more: readonly string[] = []): void {
  writeFileSync(join(folder, `${subject}.ext`), extensions);
  run(folder, [
    "ca",
    "-batch",
    "-config",
    "ca.cnf",
    "-name",
    by,
    "-in",
    `${subject}.csr`,
    "-out",
    `${subject}.pem`,
    "-startdate",
    from,
    "-enddate",
    until,
    "-extfile",
    `${subject}.ext`,
    "-notext",
    ...more,
  ]);
}

/** Makes a root and a signing certificate. `openssl` must be there ({@link hasOpenssl}). */
export function makeAuthority(options: AuthorityOptions = {}): TestAuthority {
  const folder = mkdtempSync(join(tmpdir(), "rugdekking-tsa-"));
  const {
    name = "Demo Tijd",
    usage = "extendedKeyUsage = critical,timeStamping",
    digest = "sha256",
    from = "200101000000Z",
    until = "491231235959Z",
  } = options;
  const caOf = (id: string): string => `[${id}]
database = ${folder}/index.txt
serial = ${folder}/ca-serial
new_certs_dir = ${folder}/issued
certificate = ${folder}/${id}.pem
private_key = ${folder}/${id}.key
default_md = sha256
policy = any
unique_subject = no
[any_${id}]
`;
  mkdirSync(join(folder, "issued"));
  writeFileSync(join(folder, "index.txt"), "");
  writeFileSync(join(folder, "ca-serial"), "1000\n");
  writeFileSync(join(folder, "serial"), "01\n");
  writeFileSync(join(folder, "ca.cnf"), `${caOf("root")}${caOf("between")}[any]\ncountryName = optional\norganizationName = optional\ncommonName = supplied\n`);
  const request = (id: string, key: readonly string[], common: string): void =>
    void run(folder, ["req", "-newkey", ...key, "-nodes", "-keyout", `${id}.key`, "-out", `${id}.csr`, "-subj", `/C=NL/O=${name}/CN=${common}`]);
  const authority = "basicConstraints = critical,CA:TRUE\nkeyUsage = critical,keyCertSign,cRLSign\n";
  request("root", keyArguments.rsa, `${name} wortel`);
  sign(folder, "root", "root", authority, "200101000000Z", "491231235959Z", ["-selfsign"]);
  if (options.intermediate === true) {
    request("between", keyArguments.rsa, `${name} tussen`);
    sign(folder, "between", "root", authority, "200101000000Z", "491231235959Z");
  }
  request("stamp", keyArguments[options.key ?? "ec"], `${name} stempel`);
  const issuer = options.intermediate === true ? "between" : "root";
  sign(folder, "stamp", issuer, `basicConstraints = CA:FALSE\nkeyUsage = critical,digitalSignature\nsubjectKeyIdentifier = hash\n${usage}\n`, from, until);
  // openssl sends the signer's own certificate by itself.
  writeFileSync(join(folder, "tsa.cnf"), section(options.intermediate === true ? "certs = between.pem\n" : "", digest));
  return {
    folder,
    rootPem: readFileSync(join(folder, "root.pem"), "utf8"),
    root: new Uint8Array(run(folder, ["x509", "-in", "root.pem", "-outform", "DER"])),
    reply: (query) => {
      writeFileSync(join(folder, "query.tsq"), query);
      run(folder, ["ts", "-reply", "-config", "tsa.cnf", "-section", "stamping", "-queryfile", "query.tsq", "-out", "answer.tsr"]);
      return new Uint8Array(readFileSync(join(folder, "answer.tsr")));
    },
    openssl: (...line) => run(folder, line),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/**
 * Signs the TSTInfo of a good answer anew with `openssl cms`, by the certificate of another authority: a whole stamp except that `openssl ts` itself would have refused to make it.
 * @param by whose certificate and key sign; the root of the answer is that one's.
 */
export function signAnew(by: TestAuthority, response: Uint8Array): Uint8Array<ArrayBuffer> {
  writeFileSync(join(by.folder, "given.tsr"), response);
  run(by.folder, ["ts", "-reply", "-in", "given.tsr", "-token_out", "-out", "given.token"]);
  run(by.folder, ["cms", "-verify", "-noverify", "-nosigs", "-inform", "DER", "-in", "given.token", "-binary", "-out", "given.info"]);
  const how = "cms -sign -binary -nodetach -nosmimecap -cades -md sha256 -econtent_type 1.2.840.113549.1.9.16.1.4";
  run(by.folder, `${how} -signer stamp.pem -inkey stamp.key -in given.info -outform DER -out anew.token`.split(" "));
  const token = readFileSync(join(by.folder, "anew.token"));
  const content = Buffer.concat([Buffer.from([0x30, 0x03, 0x02, 0x01, 0x00]), token]);
  const length = content.length < 0x1_00 ? Buffer.from([0x81, content.length]) : Buffer.from([0x82, content.length >> 8, content.length & 0xff]);
  return new Uint8Array(Buffer.concat([Buffer.from([0x30]), length, content]));
}

/** How the served authority behaves; `honest` unless a test changes it. */
export type Behaviour = "honest" | "silent" | "garbage" | "endless" | "moved" | "broken" | "refusing" | "replay";

/** The authority over HTTP. */
export interface ServedAuthority {
  readonly url: string;
  /** Every body it got, in order. */
  readonly asked: Buffer[];
  behave(now: Behaviour): void;
  close(): Promise<void>;
}

/** Serves an authority on a free port of this machine, as RFC 3161 section 3.4 has it. */
export async function serveAuthority(authority: TestAuthority): Promise<ServedAuthority> {
  const asked: Buffer[] = [];
  let behaviour: Behaviour = "honest";
  let last: Uint8Array | null = null;
  const server: Server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on("data", (piece: Buffer) => pieces.push(piece));
    request.on("end", () => {
      const body = Buffer.concat(pieces);
      asked.push(body);
      const answer = (bytes: Uint8Array): void => void response.writeHead(200, { "content-type": "application/timestamp-reply" }).end(bytes);
      switch (behaviour) {
        case "silent":
          return;
        case "garbage":
          return answer(Buffer.from("<html>niet hier</html>"));
        case "endless": {
          response.writeHead(200, { "content-type": "application/timestamp-reply" });
          const more = setInterval(() => response.write(Buffer.alloc(16_384)), 1);
          response.on("close", () => clearInterval(more));
          return;
        }
        case "moved":
          response.writeHead(307, { location: "http://127.0.0.1:9/elders" }).end();
          return;
        case "broken":
          response.writeHead(500).end("stuk");
          return;
        case "refusing":
          // PKIStatusInfo { rejection(2) } and no token.
          return answer(Buffer.from([0x30, 0x05, 0x30, 0x03, 0x02, 0x01, 0x02]));
        case "replay":
          return answer(last ?? Buffer.alloc(0));
        case "honest":
          last = authority.reply(body);
          return answer(last);
      }
    });
  });
  await new Promise<void>((ready) => {
    server.listen(0, "127.0.0.1", ready);
  });
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}/tsr`,
    asked,
    behave: (now) => void (behaviour = now),
    close: async () => {
      server.closeAllConnections();
      await new Promise((done) => {
        server.close(done);
      });
    },
  };
}
