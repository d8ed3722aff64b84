/** `rugdekking integrations check`: reads the integrations file as the server would, and shows every request it would make, without making one. */
import { resolve } from "node:path";
import { type Call, type Command, type ExitCode } from "#apps/cli/command.ts";
import { workflows } from "#apps/cli/workflows.ts";
import { readOrganisations } from "#registers/organisations/index.ts";
import { readIntegrations, showDeliveries } from "#services/integrations/server/index.ts";

async function check(call: Call): Promise<ExitCode> {
  const organisations = new Set((await readOrganisations()).map(({ id }) => id));
  const destinations = await readIntegrations(resolve(call.at(0)), { production: call.flag("production"), workflows, organisations });
  const requests = showDeliveries(destinations, workflows, new Date());
  call.screen.answer(
    { destinations: destinations.map(({ name, type, organisation, kinds }) => ({ name, type, organisation, kinds })), requests },
    [
      ...requests.map(
        ({ destination, when, method, url, body }) =>
          `${destination}: when ${when}\n  ${method} ${url}\n  ${JSON.stringify(body, null, 2).replaceAll("\n", "\n  ")}`,
      ),
      `${destinations.length} destination(s), in order. Nothing was sent. The pointer above is invented.`,
    ].join("\n\n"),
  );
  return 0;
}

/** The command. */
export const integrationCommands: readonly Command[] = [
  {
    name: "integrations check",
    about: "read the integrations file and show every byte it would send for an invented dossier; sends nothing",
    takes: "FILE",
    options: { production: { value: null, about: "judge addresses as --production would" } },
    example: "rugdekking integrations check /srv/rugdekking/integrations.json",
    run: check,
  },
];
