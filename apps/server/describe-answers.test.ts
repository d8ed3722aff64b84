/** Shows that a bare generated document passes every API Design Rule once its answers are described; run by vitest only. */
import { expect, it } from "vitest";
import { describeAnswers } from "./describe-answers.ts";
import { designRules } from "#tools/api/design-rules.ts";

const bare = () => ({
  openapi: "3.1.0",
  info: { title: "Demo", version: "1.0.0", contact: { name: "Demo", email: "demo@example.nl", url: "https://example.nl" } },
  servers: [{ url: "https://demo.example.nl/api/v1" }],
  paths: {
    "/things/{id}": {
      get: { operationId: "readThing", parameters: [{ in: "path", name: "id", required: true }], responses: { "200": { description: "Done" } } },
      delete: { parameters: [{ in: "path", name: "id", required: true }], responses: { "204": { description: "Gone", content: {} } } },
    },
    "/sign-in/challenges": { post: { responses: { "201": { description: "Made" } } } },
  },
});

const findings = (document: Readonly<Record<string, unknown>>): readonly string[] =>
  designRules.filter((rule) => rule.breaches(document).length > 0).map(({ id }) => id);

it("/core/version-header, /core/error-handling: a bare document breaks them, a described one breaks none", () => {
  expect(findings(bare())).toEqual(["/core/version-header", "oas:operation-id-unique", "/core/error-handling/invalid-input"]);
  expect(findings(describeAnswers(bare()))).toEqual([]);
});

it("keeps what a route says itself and names the rest after method and path", () => {
  const { paths } = describeAnswers(bare());
  expect(paths["/things/{id}"].get.operationId).toBe("readThing");
  expect(paths["/things/{id}"].delete).toMatchObject({ operationId: "deleteThingsById" });
  expect(paths["/sign-in/challenges"].post).toMatchObject({ operationId: "postSignInChallenges" });
});

it("a 204 has no body", () => {
  expect(describeAnswers(bare()).paths["/things/{id}"].delete.responses["204"]).not.toHaveProperty("content");
});
