import type { GenericValidator, Value } from "convex/values";

// Convex checks arguments before a function runs and rows when they are written; either fails the
// whole call. These look at one value first, by the same validators, so that one bad document can
// be told from its neighbours.

/** What is wrong with a value, or null. Says where and what was expected, never the value. */
export function mismatch(validator: GenericValidator, value: unknown, path = "document"): string | null {
  switch (validator.kind) {
    case "object":
      return objectMismatch(validator.fields as Record<string, GenericValidator>, value, path);
    case "array":
      return arrayMismatch(validator.element as GenericValidator, value, path);
    case "literal":
      return value === validator.value ? null : `${path} is not ${String(validator.value)}`;
    case "int64":
      return typeof value === "bigint" ? null : `${path} is not an int64`;
    case "string":
      return typeof value === "string" ? null : `${path} is not a string`;
    default:
      throw new Error(`no document has a ${validator.kind}`);
  }
}

function objectMismatch(
  fields: Record<string, GenericValidator>,
  value: unknown,
  path: string,
): string | null {
  if (!isObject(value)) {
    return `${path} is not an object`;
  }
  const strange = Object.keys(value).find((name) => !Object.hasOwn(fields, name));
  if (strange !== undefined) {
    return `${path}.${strange} is not a field`;
  }
  for (const [name, field] of Object.entries(fields)) {
    const part = value[name];
    if (part === undefined && field.isOptional === "optional") {
      continue;
    }
    const wrong =
      part === undefined ? `${path}.${name} is missing` : mismatch(field, part, `${path}.${name}`);
    if (wrong !== null) {
      return wrong;
    }
  }
  return null;
}

function arrayMismatch(element: GenericValidator, value: unknown, path: string): string | null {
  if (!Array.isArray(value)) {
    return `${path} is not an array`;
  }
  for (const [index, part] of value.entries()) {
    const wrong = mismatch(element, part, `${path}[${index}]`);
    if (wrong !== null) {
      return wrong;
    }
  }
  return null;
}

/**
 * The value with every integer that the validator wants read from its decimal text. What does not
 * fit is left as it is, for `mismatch` to name.
 */
export function fromDecimals(validator: GenericValidator, value: Value): Value {
  if (validator.kind === "int64") {
    return integer(value) ?? value;
  }
  if (validator.kind === "array" && Array.isArray(value)) {
    return value.map((part: Value) => fromDecimals(validator.element as GenericValidator, part));
  }
  if (validator.kind === "object" && isObject(value)) {
    const fields = validator.fields as Record<string, GenericValidator>;
    return Object.fromEntries(
      Object.entries(value).map(([name, part]) => {
        const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
        return [name, field === undefined ? (part as Value) : fromDecimals(field, part as Value)];
      }),
    );
  }
  return value;
}

/** A 64-bit integer from its decimal text, or null. */
export function integer(text: unknown): bigint | null {
  if (typeof text !== "string" || !/^(0|-?[1-9][0-9]{0,18})$/.test(text)) {
    return null;
  }
  const read = BigInt(text);
  return BigInt.asIntN(64, read) === read ? read : null;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return (
    typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof ArrayBuffer)
  );
}
