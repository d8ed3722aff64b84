/** /dossier/:id as a page of its own: signed in or not, and the frame around {@link Dossier}. */
import type { JSX } from "preact";
import { DeviceWay } from "#services/directory/screens/device/device-way.tsx";
import { useSession } from "#services/directory/screens/session.ts";
import { ButtonLink, Page, useMessages, type PageProps } from "#services/interface/index.ts";
import { Dossier } from "./dossier.tsx";
import { en } from "./en.ts";
import { nl, type Messages } from "./nl.ts";

export default function DossierPage({ parameters }: PageProps): JSX.Element {
  const session = useSession();
  return session === null ? <SignedOut /> : <Dossier id={parameters["id"] ?? ""} session={session} frame="page" />;
}

/** Any page of this room for whoever is not signed in. */
export function SignedOut(): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  return (
    <Page title={m.signIn} lead={m.signInText}>
      <DeviceWay />
      <div class="actions">
        <ButtonLink to="/inloggen">{m.goSignIn}</ButtonLink>
        <ButtonLink to="/terug" look="second">
          {m.withCode}
        </ButtonLink>
      </div>
    </Page>
  );
}
