/** The bar over a demonstration: says that everything is invented, and switches between the invented persons. Draws nothing on a real server. */
import Type from "typebox";
import { Check } from "typebox/value";
import type { JSX } from "preact";
import { useEffect, useId, useState } from "preact/hooks";
import { navigate, useMessages } from "#services/interface/index.ts";
import { en } from "./en.ts";
import { nl, type Messages } from "./nl.ts";
import { deviceName, forgetSession, openDoor, session } from "./session.ts";
import { afterSignIn } from "./sign-in-page.tsx";

const Demonstration = Type.Object({
  monitorCodes: Type.Optional(Type.Array(Type.String())),
  persons: Type.Array(Type.Object({ name: Type.String(), office: Type.String(), handle: Type.String(), passphrase: Type.String() })),
});
type World = Type.Static<typeof Demonstration>;

/** The invented persons, or none: a real server answers 404. */
async function readWorld(): Promise<World> {
  try {
    const answer: unknown = await (await fetch("/api/v1/demonstration", { headers: { Accept: "application/json" } })).json();
    return Check(Demonstration, answer) ? answer : { persons: [] };
  } catch {
    return { persons: [] };
  }
}

export default function DemonstrationBar(): JSX.Element {
  const m = useMessages<Messages>({ nl, en }).demonstration;
  const id = useId();
  const [{ persons, monitorCodes = [] }, setWorld] = useState<World>({ persons: [] });
  // One of the codes by chance: each can be used once.
  const [dice] = useState(Math.random);
  const code = monitorCodes[Math.floor(dice * monitorCodes.length)];
  const [chosen, setChosen] = useState("");
  const [said, setSaid] = useState("");
  useEffect(() => {
    const read = async (): Promise<void> => setWorld(await readWorld());
    void read();
    return session.watch((now) => {
      if (now === null) setChosen("");
    });
  }, []);
  const become = async (handle: string): Promise<void> => {
    forgetSession();
    setChosen(handle);
    const person = persons.find((one) => one.handle === handle);
    if (person === undefined) {
      navigate("/");
      return;
    }
    setSaid(m.working);
    try {
      const [client, { connection, trust }] = await Promise.all([import("#services/directory/client/index.ts"), openDoor()]);
      const signedIn = await client.signInWithPassphrase(connection, { trust, device: deviceName(), handle: person.handle, passphrase: person.passphrase });
      session.set(signedIn);
      setChosen(handle);
      setSaid("");
      navigate(afterSignIn(signedIn));
    } catch {
      setChosen("");
      setSaid(m.failed);
    }
  };
  return (
    <aside class="demonstration">
      <div class="demonstration-inner">
        <p>{m.words}</p>
        {persons.length > 0 && (
          <span class="row">
            <label for={id}>{m.choose}</label>
            <select id={id} class="demonstration-choice" value={chosen} onChange={(event) => void become(event.currentTarget.value)}>
              <option value="">{m.nobody}</option>
              {persons.map((person) => (
                <option key={person.handle} value={person.handle}>
                  {m.role(person.name, person.office)}
                </option>
              ))}
            </select>
          </span>
        )}
        {code !== undefined && <a href={`/monitor#${code}`}>{m.monitor}</a>}
        <span role="status">{said}</span>
      </div>
    </aside>
  );
}
