/** What to write where nothing is set up: two environments, one promoted from the other. */
export const EXAMPLE_CONFIG = `koala:
  environments:
    - name: dev
      tier: development
      targets:
        - cluster: dev
          namespaces: { template: '{system}-dev' }
    - name: prod
      tier: production
      promotesFrom: dev
      targets:
        - name: eu
          cluster: prod-eu
          namespaces: { template: '{system}' }
        - name: us
          cluster: prod-us
          namespaces: { template: '{system}' }`;
