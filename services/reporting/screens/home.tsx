/** The first page: 112 first, then five roads, then what happens with what someone tells. */
import type { JSX } from "preact";
import { Emergency112, Icon, Link, Notice, Page, useMessages, type IconName } from "#services/interface/index.ts";
import { en } from "./home-en.ts";
import { nl, type HomeMessages } from "./home-nl.ts";
import { addTo } from "./online/begin.ts";
import { beginWith } from "./report/begin.ts";

const roads: readonly { readonly key: keyof HomeMessages["home"]["roads"]; readonly to: string; readonly icon: IconName }[] = [
  { key: "report", to: "/melden", icon: "message" },
  { key: "doxing", to: "/melden", icon: "pin" },
  { key: "scan", to: "/scan", icon: "home" },
  { key: "helper", to: "/hulp", icon: "people" },
  { key: "signIn", to: "/inloggen", icon: "key" },
];

export default function Home(): JSX.Element {
  const m = useMessages<HomeMessages>({ nl, en }).home;
  return (
    <Page title={m.title} lead={m.lead} width="wide">
      <Emergency112 />
      <div class="home">
        <nav class="home-roads" aria-label={m.title}>
          <ul class="roads">
            {roads.map(({ key, to, icon }) => (
              <li key={key}>
                <Link to={to} class="road" first={key === "report"} onPress={() => beginWith.set(key === "doxing" ? "doxing" : null)}>
                  <span class="road-icon">
                    <Icon name={icon} />
                  </span>
                  <span>
                    <span class="road-title">{m.roads[key].title}</span>
                    <span class="road-text">{m.roads[key].text}</span>
                  </span>
                  <Icon name="arrow" />
                </Link>
              </li>
            ))}
          </ul>
          <p class="home-messages">
            <Link to="/berichten" onPress={() => addTo.set(null)}>
              {m.messages}
            </Link>
          </p>
        </nav>
        <section class="home-words" aria-labelledby="promise">
          <Roof />
          <h2 id="promise">{m.promiseTitle}</h2>
          <ol class="numbered">
            {m.promises.map((promise) => (
              <li key={promise.title}>
                <span>
                  <strong>{promise.title}</strong>
                  <br />
                  <span class="soft">{promise.text}</span>
                </span>
              </li>
            ))}
          </ol>
          <Notice>
            <p>{m.noAccount}</p>
            <p>
              <Link to="/over">{m.more}</Link>
            </p>
          </Notice>
        </section>
      </div>
    </Page>
  );
}

/** Our sign drawn large: three people under one roof. Decoration. */
function Roof(): JSX.Element {
  return (
    <svg
      class="home-roof"
      viewBox="0 0 320 104"
      fill="none"
      stroke="currentColor"
      stroke-width="5"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      <path d="M10 66 160 8l150 58" />
      <circle cx="160" cy="52" r="10" fill="currentColor" stroke="none" />
      <path d="M136 98c0-16 10-26 24-26s24 10 24 26" />
      <g opacity="0.45">
        <circle cx="98" cy="66" r="8" fill="currentColor" stroke="none" />
        <path d="M79 98c0-11 8-18 19-18 7 0 12 3 15 7M241 98c0-11-8-18-19-18-7 0-12 3-15 7" />
        <circle cx="222" cy="66" r="8" fill="currentColor" stroke="none" />
      </g>
    </svg>
  );
}
