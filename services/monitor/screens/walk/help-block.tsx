/** Where help is, when answers show that someone may be in danger now. Drawn on the device; nothing is sent to anyone because of it. */
import type { JSX } from "preact";
import { ButtonLink, Link, Notice } from "#services/interface/index.ts";
import { contacts } from "#services/monitor/screens/contacts.ts";
import { useMonitorLanguage } from "#services/monitor/screens/language.ts";

export function HelpBlock({ live }: { readonly live: boolean }): JSX.Element {
  const { m } = useMonitorLanguage();
  const w = m.help;
  return (
    <Notice tone="red" title={w.title} live={live}>
      <p>{w.text}</p>
      <div class="actions">
        <ButtonLink to={`tel:${contacts.emergency.dial}`} look="emergency" size="small" icon="phone">
          {contacts.emergency.shown}
        </ButtonLink>
      </div>
      <ul class="monitor-contacts">
        <li>
          <a href={`tel:${contacts.team.dial}`}>
            {w.call} {w.team}: <span>{contacts.team.shown}</span>
          </a>
        </li>
        <li>
          <a href={`tel:${contacts.police.dial}`}>
            {w.call} {w.police}: <span>{contacts.police.shown}</span>
          </a>
        </li>
        <li>
          <Link to="/hulp">{w.more}</Link>
        </li>
      </ul>
    </Notice>
  );
}
