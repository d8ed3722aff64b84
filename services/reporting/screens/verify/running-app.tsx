/** Which web app this server hands out, and whether its log says the same. Part of /controleren. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { openDoor } from "#services/directory/screens/session.ts";
import { locale, problemCode, useLanguage } from "#services/interface/index.ts";
import { Release, releasePath } from "#services/ledger/contract/release.ts";
import type { VerifyMessages } from "./nl.ts";

type Look = { readonly state: "looking" | "unlogged" | "wrong" | "away" } | { readonly state: "logged"; readonly digest: string; readonly leaf: number };

async function look(): Promise<Look> {
  try {
    const [{ checkRelease }, { connection, trust }] = await Promise.all([import("#services/ledger/client/release.ts"), openDoor()]);
    const release = await connection.get(releasePath, Release);
    const { leaf } = await checkRelease(release, (await trust.anchor()).log);
    return { state: "logged", digest: release.digest, leaf };
  } catch (error) {
    const code = problemCode(error);
    if (code === "not-found") return { state: "unlogged" };
    // The engine's own errors: a list, digest or receipt that does not hold.
    return error instanceof Error && error.name === "LedgerError" ? { state: "wrong" } : { state: "away" };
  }
}

/** The digest in groups, as `npm run reproducible` prints it, with a sentence on what it is worth. */
export function RunningApp({ m }: { readonly m: VerifyMessages["app"] }): JSX.Element {
  const [found, setFound] = useState<Look>({ state: "looking" });
  const number = new Intl.NumberFormat(locale(useLanguage()));
  useEffect(() => {
    let here = true;
    void look().then((seen) => here && setFound(seen));
    return () => {
      here = false;
    };
  }, []);
  return (
    <section class="section stack" aria-label={m.title}>
      <h2>{m.title}</h2>
      {found.state === "logged" ? (
        <>
          <p>{m.logged(number.format(found.leaf))}</p>
          <p class="code">{found.digest.replaceAll(/(.{8})(?=.)/gu, "$1 ")}</p>
          <p class="soft small">{m.worth}</p>
        </>
      ) : (
        <p>{m[found.state]}</p>
      )}
    </section>
  );
}
