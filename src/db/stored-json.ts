// What a row keeps as JSON, read back to be shown: several releases wrote it, and a page is not to fall over what one of them made of it.

/** Null where it is none. */
export function storedJson(json: string | null): unknown {
  if (json === null || json === "") return null;
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}
