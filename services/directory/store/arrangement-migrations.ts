/** Tables of how desks are arranged; among those of the directory (migrations.ts). Frozen: imports nothing living. */
export const arrangementMigrations: readonly { readonly id: string; readonly statement: string }[] = [
  {
    id: "arrangement-001-desk",
    statement: `CREATE TABLE desk_arrangement (
      organisation text NOT NULL,
      desk uuid NOT NULL,
      number bigint NOT NULL,
      hash text NOT NULL,
      statement jsonb NOT NULL,
      offices jsonb NOT NULL,
      reminded date,
      PRIMARY KEY (organisation, desk))`,
  },
  {
    id: "arrangement-002-absence",
    statement: `CREATE TABLE desk_absence (
      organisation text NOT NULL,
      desk uuid NOT NULL,
      person uuid NOT NULL,
      stand_in uuid,
      begins date NOT NULL,
      ends date NOT NULL,
      PRIMARY KEY (organisation, desk, person, begins))`,
  },
  { id: "arrangement-003-absence-desk", statement: "CREATE INDEX desk_absence_desk ON desk_absence (desk, begins)" },
];
