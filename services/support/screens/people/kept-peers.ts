/**
 * The support desk's own list of people, kept on this device in a box that only the signed-in person's own keys open.
 *
 * [Note: The desk's list of people] A desk has no sealed note of its own yet (docs/architecture.md), and names and numbers of peers must not stand in a roster, which is public. So each member keeps the list
 * on their own device; whoever takes the device reads none of it without the passphrase, sheet or passkey. A second member or device has a list of its own. When desks get sealed notes, it belongs there.
 */
import { Check } from "typebox/value";
import type { Session } from "#services/directory/client/index.ts";
import { PeerList, type Peer } from "#services/support/contract/peers.ts";

const nameOf = (desk: string): string => `support-people-${desk}`;

/** The list of this desk on this device; empty when there is none. @throws DOMException when this browser keeps nothing; SealError when the box was made for other keys. */
export async function readPeers(session: Session, desk: string): Promise<readonly Peer[]> {
  const { openDeviceBox } = await import("#services/directory/client/kept-browser.ts");
  const box = await openDeviceBox(session.person);
  try {
    const kept = await box.read(nameOf(desk));
    return Check(PeerList, kept) ? kept.peers : [];
  } finally {
    box.close();
  }
}

/** Writes the whole list; done when it is on the disk. @throws DOMException as {@link readPeers}, and when the disk is full. */
export async function keepPeers(session: Session, desk: string, peers: readonly Peer[]): Promise<void> {
  const { openDeviceBox } = await import("#services/directory/client/kept-browser.ts");
  const box = await openDeviceBox(session.person);
  try {
    await box.write(nameOf(desk), { version: 1, peers: [...peers] } satisfies PeerList);
  } finally {
    box.close();
  }
}
