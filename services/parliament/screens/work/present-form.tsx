/** Putting letter and note before the minister. Drawn by the road. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { ErrorState, Select, SendForm, Skeleton } from "#services/interface/index.ts";
import { presentSet } from "#services/parliament/client/index.ts";
import { deskOptions, useDesks } from "./desks.ts";
import type { FormProps } from "./text-form.tsx";

export function PresentForm({ handle, view, m, done }: FormProps): JSX.Element {
  const [desks, error] = useDesks({ handle }, "minister");
  const [desk, setDesk] = useState("");
  const [checked, setChecked] = useState(false);
  if (error !== null) return <ErrorState error={error} />;
  if (desks === null) return <Skeleton lines={3} />;
  return (
    <SendForm
      button={m.presentGo}
      ready={() => {
        setChecked(true);
        return desk !== "";
      }}
      send={() => done(presentSet(handle, view, { desk }))}
    >
      <Select label={m.presentTo} error={checked && desk === "" ? m.fill : null} value={desk} options={deskOptions(desks, m.choose)} onChoose={setDesk} />
    </SendForm>
  );
}
