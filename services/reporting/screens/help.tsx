/** Who can help now: the provisions of the network, phone numbers as buttons, printable. Facts from domain.md section 3; services/support will match them to the situation. */
import type { JSX } from "preact";
import { Button, ButtonLink, Page, useMessages } from "#services/interface/index.ts";
import { en } from "./home-en.ts";
import { nl, type HomeMessages } from "./home-nl.ts";

interface Way {
  readonly key: keyof HomeMessages["help"]["provisions"];
  readonly phone?: { readonly shown: string; readonly dialled: string };
  readonly site?: string;
}

const ways: readonly Way[] = [
  { key: "emergency", phone: { shown: "112", dialled: "112" } },
  { key: "team", phone: { shown: "070-373 83 14", dialled: "+31703738314" } },
  { key: "police", phone: { shown: "0900-8844", dialled: "09008844" } },
  { key: "victims", site: "https://www.slachtofferhulp.nl" },
  { key: "helpwanted", site: "https://www.helpwanted.nl" },
  { key: "discrimination", site: "https://meld.onlinediscriminatie.nl" },
];

export default function Help(): JSX.Element {
  const m = useMessages<HomeMessages>({ nl, en }).help;
  return (
    <Page title={m.title} lead={m.lead}>
      <ul class="plain stack-medium">
        {ways.map(({ key, phone, site }) => {
          const words = m.provisions[key];
          return (
            <li key={key} class="card">
              <div class="stack-small">
                <h2>{words.name}</h2>
                <p>{words.what}</p>
              </div>
              <dl class="facts">
                <dt>{m.hours}</dt>
                <dd>{words.hours}</dd>
                <dt>{m.forWhom}</dt>
                <dd>{words.forWhom}</dd>
                <dt>{m.source}</dt>
                <dd>{words.source}</dd>
              </dl>
              {phone !== undefined && <p class="print-only">{phone.shown}</p>}
              <div class="actions">
                {phone !== undefined && (
                  <ButtonLink to={`tel:${phone.dialled}`} icon="phone" look={key === "emergency" ? "final" : "first"}>
                    {m.call(phone.shown)}
                  </ButtonLink>
                )}
                {site !== undefined && (
                  <ButtonLink to={site} look="second">
                    {m.visit(words.name)}
                  </ButtonLink>
                )}
              </div>
            </li>
          );
        })}
      </ul>
      <p>{m.closing}</p>
      <div class="actions">
        <Button look="second" icon="print" onPress={() => print()}>
          {m.print}
        </Button>
      </div>
    </Page>
  );
}
