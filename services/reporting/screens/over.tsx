/** How this protects someone, and where it does not: the threat model in plain words. */
import type { JSX } from "preact";
import { ButtonLink, Icon, Notice, Page, useMessages } from "#services/interface/index.ts";
import { en } from "./home-en.ts";
import { nl, type HomeMessages } from "./home-nl.ts";

export default function Over(): JSX.Element {
  const m = useMessages<HomeMessages>({ nl, en }).over;
  return (
    <Page title={m.title} lead={m.lead}>
      <section class="card">
        <h2 class="row">
          <Icon name="lock" /> {m.seal.title}
        </h2>
        <p>{m.seal.text}</p>
      </section>
      <section class="card">
        <h2>{m.see.title}</h2>
        <p>{m.see.text}</p>
        <ul class="words">
          {m.see.items.map((item) => (
            <li key={item}>{item}</li>
          ))}
        </ul>
      </section>
      <section class="card">
        <h2>{m.log.title}</h2>
        <p>{m.log.text}</p>
        <div class="actions">
          <ButtonLink to="/controleren" look="second">
            {m.check}
          </ButtonLink>
        </div>
      </section>
      <Notice tone="amber" title={m.lost.title}>
        <p>{m.lost.text}</p>
      </Notice>
      <Notice tone="amber" title={m.device.title}>
        <p>{m.device.text}</p>
      </Notice>
    </Page>
  );
}
