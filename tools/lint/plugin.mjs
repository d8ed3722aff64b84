/** The lint rule that holds the walls of walls.mjs; loaded by the linter through .oxlintrc.json, called by nobody else. */
import { relative } from "node:path";
import { broken } from "./walls.mjs";

/** @param {unknown} node a source node of an import */
const text = (node) => (typeof node === "object" && node !== null && "value" in node && typeof node.value === "string" ? node.value : null);

export default {
  meta: { name: "rugdekking" },
  rules: {
    walls: {
      create(context) {
        const file = relative(context.cwd, context.filename).replaceAll("\\", "/");
        const check = (node) => {
          const specifier = text(node.source);
          if (specifier === null) return;
          for (const wall of broken(file, specifier)) context.report({ node: node.source, message: `${wall.why} (wall ${wall.id})` });
        };
        return {
          ImportDeclaration: check,
          ImportExpression: check,
          ExportNamedDeclaration: check,
          ExportAllDeclaration: check,
          TSImportType: check,
        };
      },
    },
  },
};
