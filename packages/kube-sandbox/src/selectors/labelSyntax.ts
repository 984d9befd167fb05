const NAME_DETAIL =
  "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";
const VALUE_DETAIL =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";
export const SUBDOMAIN_DETAIL =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
const LABEL_DETAIL =
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";
const DNS1035_DETAIL =
  "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')";

const tooManyBytes = (limit: number) => `must be no more than ${limit} bytes`;
const tooLong = (limit: number) => `must be no more than ${limit} characters`;

/** What is wrong with a qualified name (a label key, an annotation key, a finalizer). */
export function qualifiedNameProblems(name: string): string[] {
  const problems: string[] = [];
  const parts = name.split('/');
  if (parts.length > 2) {
    return [
      `a qualified name must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]') with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`,
    ];
  }
  const short = parts[parts.length - 1];
  if (parts.length === 2) {
    if (parts[0] === '') {
      problems.push('prefix part must be non-empty');
    } else {
      problems.push(
        ...subdomainProblems(parts[0]).map(problem => `prefix part ${problem}`),
      );
    }
  }
  if (short === '') {
    problems.push('name part must be non-empty');
  } else if (short.length > 63) {
    problems.push(`name part ${tooManyBytes(63)}`);
  }
  if (!/^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/.test(short)) {
    problems.push(NAME_DETAIL);
  }
  return problems;
}

/** What is wrong with the value of a label. */
export function labelValueProblems(value: string): string[] {
  const problems: string[] = [];
  if (value.length > 63) {
    problems.push(tooManyBytes(63));
  }
  if (!/^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/.test(value)) {
    problems.push(VALUE_DETAIL);
  }
  return problems;
}

/** What is wrong with a name that has to be a DNS subdomain. */
export function subdomainProblems(name: string): string[] {
  const problems: string[] = [];
  if (name.length > 253) {
    problems.push(tooLong(253));
  }
  if (
    !/^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/.test(
      name,
    )
  ) {
    problems.push(SUBDOMAIN_DETAIL);
  }
  return problems;
}

/** What is wrong with a name that has to be a DNS label. */
export function dnsLabelProblems(name: string): string[] {
  const problems: string[] = [];
  if (name.length > 63) {
    problems.push(tooLong(63));
  }
  if (!/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(name)) {
    problems.push(name.includes('.') ? 'must not contain dots' : LABEL_DETAIL);
  }
  return problems;
}

/** What is wrong with the name of a Service. */
export function dns1035Problems(name: string): string[] {
  const problems: string[] = [];
  if (name.length > 63) {
    problems.push(tooLong(63));
  }
  if (!/^[a-z]([-a-z0-9]*[a-z0-9])?$/.test(name)) {
    problems.push(DNS1035_DETAIL);
  }
  return problems;
}
