/** Whether the Regeling gives a right: the rule for the function, what must be looked at beside it, and the desk's decision. Used by the actions of a scan. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { DossierHandle } from "#services/dossier/client/index.ts";
import { Choice, ErrorState, Notice, SendForm, Skeleton, TextArea, useMessages } from "#services/interface/index.ts";
import { decideEntitlement, entitlementFor, requestOf } from "#services/scanning/client/index.ts";
import { entitlement } from "#services/scanning/contract/entitlement.ts";
import type { RequestBody } from "#services/scanning/contract/index.ts";
import { en as sharedEn } from "#services/scanning/screens/en.ts";
import { nl as sharedNl, type Messages as Shared } from "#services/scanning/screens/nl.ts";
import { Facts } from "#services/scanning/screens/entries/said.tsx";
import type { FormProps } from "./forms.tsx";

/** Reads the request, then asks. */
export function EntitleForm(props: FormProps): JSX.Element {
  const [request, setRequest] = useState<RequestBody | null>(null);
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    requestOf(props.handle).then(setRequest, setError);
  }, [props.handle]);
  if (error !== null) return <ErrorState error={error} />;
  if (request === null) return <Skeleton lines={4} />;
  return <Decide {...props} request={request} />;
}

/** Name and office of the reader in the roster of the desk that decides. */
async function deciderOf(handle: DossierHandle): Promise<string> {
  for (const { role, desk } of handle.view.participants) {
    if (role !== "expert-desk" || desk === null) continue;
    const member = (await handle.session.trust.desk(desk)).roster.members.find(({ person }) => person === handle.session.person.person);
    if (member !== undefined)
      return [member.name, member.office]
        .filter((part) => part !== "")
        .join(", ")
        .slice(0, 400);
  }
  return "";
}

function Decide({ handle, m, done, request }: FormProps & { readonly request: RequestBody }): JSX.Element {
  const shared = useMessages<Shared>({ nl: sharedNl, en: sharedEn });
  const rule = entitlement(request.function);
  const certificate = request.pkvw.status === "valid";
  const [decision, setDecision] = useState<"yes" | "no" | null>(rule.entitled && request.standing !== "neither" ? "yes" : "no");
  const [words, setWords] = useState("");
  const [gate, setGate] = useState<"gate" | "exception">(request.pkvw.status === "not-reasonable" ? "exception" : "gate");
  const [reason, setReason] = useState(request.pkvw.status === "not-reasonable" ? request.pkvw.reason : "");
  const [checked, setChecked] = useState(false);
  const w = m.entitle;
  const lacksWay = decision === "no" && words.trim() === "";
  const lacksReason = decision === "yes" && gate === "exception" && reason.trim() === "";
  const send = async (): Promise<void> => {
    const exception = decision === "yes" && gate === "exception" && !certificate;
    const body = entitlementFor(request.function, {
      ...(words.trim() === "" ? {} : { explanation: words.trim() }),
      pkvwException: exception ? { by: await deciderOf(handle), reason: reason.trim() } : null,
    });
    await done(decideEntitlement(handle, { ...body, entitled: decision === "yes" }));
  };
  return (
    <SendForm
      button={w.save}
      ready={() => {
        setChecked(true);
        return decision !== null && !lacksWay && !lacksReason;
      }}
      send={send}
    >
      <div class="stack-small">
        <p>
          <strong>{shared.functions[request.function]}</strong>, {request.organisationName}
        </p>
        <p>{shared.rules[rule.rule]}</p>
        <Facts facts={[[w.rule, rule.article]]} />
      </div>
      {request.standing === "neither" && <Notice tone="amber">{w.neither}</Notice>}
      {request.ontheffing === "not-granted" && <Notice tone="amber">{w.residence}</Notice>}
      <Choice
        legend={w.legend}
        error={checked && decision === null ? w.missing : null}
        options={[
          { value: "yes", ...w.yes },
          { value: "no", ...w.no },
        ]}
        value={decision}
        onChoose={setDecision}
      />
      {decision === "yes" && !certificate && (
        <>
          <Facts facts={[[w.pkvw, [shared.pkvw[request.pkvw.status], request.pkvw.reason].filter((part) => part !== "").join(": ")]]} />
          <Choice
            legend={w.pkvwLegend}
            options={[
              { value: "gate", ...w.gate },
              { value: "exception", ...w.exception },
            ]}
            value={gate}
            onChoose={setGate}
          />
          {gate === "exception" && (
            <TextArea
              label={w.exceptionReason}
              rows={3}
              maxLength={10_000}
              value={reason}
              error={checked && lacksReason ? w.exceptionMissing : null}
              onInput={setReason}
            />
          )}
        </>
      )}
      <TextArea
        label={decision === "no" ? w.whyNo : w.words}
        {...(decision === "no" ? { hint: w.whyNoHint } : {})}
        rows={3}
        optional={decision !== "no"}
        error={checked && lacksWay ? w.whyNoMissing : null}
        value={words}
        onInput={setWords}
      />
    </SendForm>
  );
}
