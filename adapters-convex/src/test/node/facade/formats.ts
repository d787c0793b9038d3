import { Base64, convexToJson, type Value } from "convex/values";
import { Problem } from "./problems.js";

// How values leave the backend. They always come in encoded; `json` and `export_json` are for output.

export type Format = "convex_encoded_json" | "json" | "export_json";

const NAMES: Record<string, Format> = {
  convex_encoded_json: "convex_encoded_json",
  convex_json: "convex_encoded_json",
  json: "json",
  convex_clean_json: "json",
  export_json: "export_json",
};

export function formatOf(name: unknown): Format | undefined {
  if (name === undefined || name === null) {
    return undefined;
  }
  const format = typeof name === "string" && Object.hasOwn(NAMES, name) ? NAMES[name] : undefined;
  if (format === undefined) {
    throw new Problem(
      400,
      "BadFormat",
      `format param must be one of [\`json\`]. Got ${JSON.stringify(name)}`,
    );
  }
  return format;
}

/** The value as JSON text: `export_json` writes integers that no JavaScript number holds. */
export function written(value: Value, format: Format): string {
  return format === "convex_encoded_json" ? JSON.stringify(convexToJson(value)) : lossy(value, format);
}

function lossy(value: Value, format: Format): string {
  if (typeof value === "bigint") {
    return format === "json" ? `"${value}"` : value.toString();
  }
  if (typeof value === "number") {
    return Number.isFinite(value) ? JSON.stringify(value) : `"${value}"`;
  }
  if (value instanceof ArrayBuffer) {
    return JSON.stringify(Base64.fromByteArray(new Uint8Array(value)));
  }
  if (Array.isArray(value)) {
    return `[${value.map((part: Value) => lossy(part, format)).join(",")}]`;
  }
  if (typeof value === "object" && value !== null) {
    const fields = Object.entries(value).filter(([, part]) => part !== undefined);
    return `{${fields.map(([name, part]) => `${JSON.stringify(name)}:${lossy(part as Value, format)}`).join(",")}}`;
  }
  return JSON.stringify(value);
}
