/** The one photo of the demonstration: a drawn back door with its lock, 120 by 160 pixels. Used by scan-plays.ts. */
import type { AttachmentSource } from "#services/dossier/client/index.ts";

const png =
  "iVBORw0KGgoAAAANSUhEUgAAAHgAAACgCAIAAABIaz/HAAABWElEQVR42u3coQ2EQBBAUSpBoCiAGq4GBHUQBHVcIStPoBBUQD1YAgkYdgnHS34FT+3MJJv9xkkJyhCABi3QoEFTAA1aoEGDpgAatED/KXTzqd4TaNCgQYMGDRo0aNCgQYMGDfrl0N8wPCvQoEGDBg0aNGjQoEGDBg0aNGjQoEGDBg0aNGjQoEGDBg0aNGjQoEGDBg0aNGjQoEGDBg0aNGjQoEGDBg0aNGjQoEGDBg3a7wagQYMGDRo0aNCgQYMGDRo0aNCgQYMGDRo0aNCgQd/WHOp9oFMon1qDvkz52Bo0aNCgQYMGDRq0d7TJMNRlka8zGcZqA23XARo0aNCgQYMGDRo0aNCu4KBBgwYNGjRo0KBBgwYNGjRo0KBBgwYNGjRo0KBBgwYNGjRo0KBBgwYNGjRo0KBBgwYNGjRo0KBBgwYNGjRo0DGgu75VgkCDBi3QoEEjSNMCJXwkuD/tnoMAAAAASUVORK5CYII=";

/** As the adviser took it. */
export const doorPhoto = (): AttachmentSource => ({
  name: "achterdeur-demonstratie.png",
  mediaType: "image/png",
  bytes: new Blob([Uint8Array.from(atob(png), (letter) => letter.charCodeAt(0))], { type: "image/png" }),
  capturedAt: null,
  note: "Demonstratie: getekend, geen foto",
});
