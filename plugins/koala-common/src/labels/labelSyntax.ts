const NAME = /^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;
const PREFIX =
  /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

/** Whether Kubernetes accepts the text as the value of a label. */
export function isLabelValue(text: string): boolean {
  return text === '' || NAME.test(text);
}

/** Whether Kubernetes accepts the text as the key of a label: `[prefix/]name`. */
export function isLabelKey(text: string): boolean {
  const slash = text.indexOf('/');
  if (slash < 0) {
    return NAME.test(text);
  }
  const prefix = text.slice(0, slash);
  return (
    prefix.length <= 253 &&
    PREFIX.test(prefix) &&
    NAME.test(text.slice(slash + 1))
  );
}
