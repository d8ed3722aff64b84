/** Seals and sends a request for help. The only file of this page that knows the client; it loads it when needed. */
import type { Session, VerifiedDesk } from "#services/directory/client/index.ts";
import { deviceName, openDoor, session as signedIn } from "#services/directory/screens/session.ts";
import { showingWork } from "#services/directory/screens/working.tsx";
import type { PreparedDossier } from "#services/dossier/client/index.ts";
import { createStore, onLeave } from "#services/interface/index.ts";
import type { HelpDraft } from "#services/support/client/index.ts";

/** A request that is with the team. */
export interface SentHelp {
  readonly dossier: string;
  /** The guest's code; null when signed in. Nobody else has it. */
  readonly code: string | null;
  /** Until when the team has to respond, RFC 3339; null when the server could not be asked. */
  readonly due: string | null;
  /** An earlier try had arrived: what was changed after it is not in the request. */
  readonly earlier: boolean;
}

/** A code that is not yet confirmed outlives a wrong press in the frame: coming back to the page shows it again. Memory only. */
export const unconfirmed = createStore<SentHelp | null>(null);

/** What one request keeps over several tries, so that a second try after a cut makes the same dossier and the same code. */
export const attempt = createStore<{ readonly code: string | null; readonly prepared: PreparedDossier } | null>(null);

onLeave(() => {
  unconfirmed.set(null);
  attempt.set(null);
});

/** The support teams of this house, each with its checked list of members. @throws Problem signature-invalid, unavailable. */
export async function findTeams(): Promise<readonly VerifiedDesk[]> {
  const [{ supportDesks }, { trust }] = await Promise.all([import("#services/support/client/index.ts"), openDoor()]);
  return await supportDesks(trust);
}

/** @throws Problem; nothing typed is lost, and the next call goes on with the same dossier. */
export async function sendHelp(desk: VerifiedDesk, request: HelpDraft, session: Session | null): Promise<SentHelp> {
  const [support, dossiers, directory, seal, { connection, trust }] = await Promise.all([
    import("#services/support/client/index.ts"),
    import("#services/dossier/client/index.ts"),
    import("#services/directory/client/index.ts"),
    import("@rugdekking/seal"),
    openDoor(),
  ]);
  const guest = session === null;
  const before = attempt.get();
  const present =
    before !== null && (before.code === null) === !guest ? before : { code: guest ? seal.generateReceiptCode() : null, prepared: dossiers.prepareDossier() };
  attempt.set(present);
  const { code, prepared } = present;
  const asked = await showingWork(
    connection,
    async () =>
      await support.askHelp(connection, {
        as: session === null ? { guest: true, ...(code === null ? {} : { receiptCode: code }) } : { session },
        trust,
        desk: desk.id,
        request,
        prepared,
      }),
  );
  attempt.set(null);
  let reader = session;
  if (session === null && asked.receiptCode !== null) {
    try {
      reader = await directory.signInAsGuest(connection, { trust, device: deviceName(), receiptCode: asked.receiptCode });
      signedIn.set(reader);
    } catch {
      // The request is delivered; with the code they can sign in by hand.
    }
  }
  const due = reader === null ? null : await dossiers.readDue(reader, asked.dossier);
  return { dossier: asked.dossier, code: asked.receiptCode, due, earlier: asked.earlier };
}
