/** What our tests use of oidc-provider, which brings no types of its own. */
declare module "oidc-provider" {
  import type { RequestListener } from "node:http";

  interface Account {
    readonly accountId: string;
    claims(): Readonly<Record<string, unknown>>;
  }
  export default class Provider {
    constructor(issuer: string, configuration: object);
    callback(): RequestListener;
    interactionDetails(
      request: unknown,
      response: unknown,
    ): Promise<{ readonly uid: string; readonly prompt: { readonly name: string }; readonly params: Readonly<Record<string, unknown>> }>;
    interactionFinished(request: unknown, response: unknown, result: object, options?: { readonly mergeWithLastSubmission: boolean }): Promise<void>;
    on(event: string, listener: (...told: unknown[]) => void): this;
    readonly Grant: new (of: { readonly accountId: string; readonly clientId: string }) => { addOIDCScope(scope: string): void; save(): Promise<string> };
  }
  export type { Account };
}
