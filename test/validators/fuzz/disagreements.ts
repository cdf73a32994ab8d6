/** Intended differences to AJV. Any other difference fails the test. */
export const EXPLAINED: readonly { readonly format: string; readonly why: string }[] = [
  {
    format: 'email',
    why: 'ajv-formats has a pattern of its own; we follow RFC 5321 (quoted names, address literals).',
  },
  { format: 'date-time', why: 'ajv-formats takes a space for the T and an offset without a colon; RFC 3339 does not.' },
  {
    format: 'int32',
    why: 'ajv-formats asserts it for numbers in the same way; listed for numbers that are not whole.',
  },
  { format: 'int64', why: 'ajv-formats takes any whole number; we keep to those that JavaScript holds exactly.' },
  { format: 'float', why: 'ajv-formats takes any number; we keep to the range of single precision.' },
  { format: 'uuid', why: 'ajv-formats takes the prefix urn:uuid:, which RFC 4122 makes a URN and no UUID.' },
];
