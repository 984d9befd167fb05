import { expect, test } from '@playwright/test';
import { kubectl, startClusters, TestClusters } from './clusters';
import { MatrixPage } from './matrixPage';
import { startCommand, StartCommand } from './startCommand';

const DEPLOYMENTS = [
  ['shop-dev', 'cart', 'registry.example.com/cart:2.0.0'],
  ['shop-prod', 'cart', 'registry.example.com/cart:1.9.0'],
  ['shop-dev', 'mail', 'registry.example.com/mail:0.3.0'],
];

test.describe('npm start -- --kubeconfig FILE', () => {
  let clusters: TestClusters | undefined;
  let command: StartCommand | undefined;

  test.afterEach(async () => {
    await command?.interrupt();
    await clusters?.stop();
  });

  test('shows clusters that nobody configured, and says what would configure the same', async ({
    page,
  }) => {
    test.setTimeout(400_000);
    clusters = await startClusters('sandbox', ['mine']);
    const [mine] = clusters.clusters;
    for (const namespace of ['shop-dev', 'shop-prod']) {
      await kubectl(mine, 'create', 'namespace', namespace);
    }
    for (const [namespace, name, image] of DEPLOYMENTS) {
      await kubectl(
        mine,
        ...['create', 'deployment', name, `--image=${image}`, '-n', namespace],
      );
    }

    command = await startCommand('--kubeconfig', mine.kubeconfig);
    const printed = command.output();
    expect(printed).toContain('koala:');
    expect(printed).toContain('- shop-prod');
    expect(printed).toContain('promotesFrom: dev');
    expect(printed).not.toContain('[sandbox]');

    const matrix = await MatrixPage.open(page, command.url);
    await matrix.expectCell('cart', 'Development', 'healthy', '2.0.0');
    await matrix.expectCell('cart', 'Production', 'healthy', '1.9.0');
    await matrix.expectCell('mail', 'Development', 'healthy', '0.3.0');
    await matrix.expectCell('mail', 'Production', 'not deployed');
  });
});
