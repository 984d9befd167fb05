const PROXY = /^(?:(?:https?|all|ftp|no)_proxy)$/i;

/**
 * The environment without proxies: everything that is tested here stays on this machine, and a real API server
 * would ask a proxy for the addresses of simulated pods.
 */
export function withoutProxies(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => !PROXY.test(name)),
  );
}
