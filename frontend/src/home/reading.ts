/** How a file is to be read, where it is not read as found. */
export interface Reading {
  /** Whose column is which of ours. */
  map: Record<string, string>
  /** Whether impossible values are taken as missing. */
  missing: boolean
  decimal: '' | '.' | ','
}

export const AS_FOUND: Reading = { map: {}, missing: false, decimal: '' }
