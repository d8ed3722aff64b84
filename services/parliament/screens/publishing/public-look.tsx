/** A public version to look at: what goes out, what stays inside and on what ground, and the files. Drawn by the form of who makes it and by the form of who publishes it. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { PaperList } from "#services/dossier/screens/papers/paper-list.tsx";
import { Button, ErrorState, saveFile } from "#services/interface/index.ts";
import { Words } from "#services/parliament/screens/work/words.tsx";
import type { Messages } from "./nl.ts";
import { settings, type Made } from "./public-version.ts";

const docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
const odt = "application/vnd.oasis.opendocument.text";
const documents = () => import("#services/parliament/documents/index.ts");

export function PublicLook({ made, names, m }: { readonly made: Made; readonly names: number; readonly m: Messages }): JSX.Element {
  const { note, withheld } = made;
  return (
    <>
      <section class="stack-small" aria-label={m.goesOut}>
        <h3>{m.goesOut}</h3>
        <ul>
          <li>{m.letterOut}</li>
          <li>{m.noteOut}</li>
        </ul>
        <div class="kamer-paper kamer-public" lang="nl" tabIndex={0} role="group" aria-label={m.pdf}>
          <p>
            <strong>{note.words.title}</strong>
          </p>
          {note.words.sections.map(({ heading, text, points, withheld: kept }, at) => (
            <section key={at}>
              <h4>{heading}</h4>
              {kept === null ? (
                <>
                  <Words words={text} />
                  {points.map((point, place) => (
                    <Words key={place} words={point.text} />
                  ))}
                </>
              ) : (
                <p class="soft">{kept.ground}</p>
              )}
            </section>
          ))}
        </div>
      </section>
      <section class="stack-small" aria-label={m.staysIn}>
        <h3>{m.staysIn}</h3>
        <p>{m.always}</p>
        {withheld.length === 0 ? (
          <p>{m.nothingElse}</p>
        ) : (
          <ul>
            {withheld.map(({ what, ground }) => (
              <li key={`${what} ${ground}`}>
                {what}. {ground}
              </li>
            ))}
          </ul>
        )}
        <p class="soft small">
          {m.looked(names)}. {m.lookedText}
        </p>
      </section>
      <Files made={made} m={m} />
    </>
  );
}

/** The same version as PDF, Word and LibreOffice. */
function Files({ made: { note }, m }: { readonly made: Made; readonly m: Messages }): JSX.Element {
  const [error, setError] = useState<unknown>(null);
  const [key] = useState(() => ({ of: note, at: Math.random() }));
  const save = (name: string, type: string, make: () => Promise<Uint8Array<ArrayBuffer>>): void => {
    setError(null);
    make()
      .then((bytes) => saveFile(name, bytes, type))
      .catch(setError);
  };
  return (
    <section class="stack-small" aria-label={m.files}>
      <h3>{m.files}</h3>
      <PaperList
        heading={false}
        offers={[
          {
            key: String(key.at),
            name: m.pdf,
            text: m.pdfText,
            make: async (set) =>
              await set({ ...(await documents()).notePaper(note, settings()), assets: {}, fileName: "beslisnota-openbaar.pdf", leftOut: [] }),
          },
        ]}
      />
      {error !== null && <ErrorState error={error} />}
      <div class="actions">
        <Button
          look="second"
          size="small"
          icon="download"
          onPress={() => save("beslisnota-openbaar.docx", docx, async () => await (await documents()).noteDocx(note, settings()))}
        >
          {m.docx}
        </Button>
        <Button
          look="second"
          size="small"
          icon="download"
          onPress={() => save("beslisnota-openbaar.odt", odt, async () => await (await documents()).noteOdt(note, settings()))}
        >
          {m.odt}
        </Button>
      </div>
    </section>
  );
}
