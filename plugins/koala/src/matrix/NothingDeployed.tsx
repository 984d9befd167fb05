import { Matrix } from '@koala-ops/backstage-plugin-koala-common';
import { EmptyCard } from '../setup/EmptyCard';

/** Whether there is nothing to show although everything could be read. */
export function nothingFound(matrix: Matrix): boolean {
  return (
    matrix.services.length === 0 ||
    (matrix.cells.length > 0 &&
      matrix.cells.every(cell => cell.status === 'not-deployed'))
  );
}

/** Environments are there, services or workloads are not: says what makes them appear. */
export function NothingDeployed(props: { matrix: Matrix }) {
  const { services, environments } = props.matrix;
  const places = environments.map(e => e.title || e.name).join(', ');
  if (services.length === 0) {
    return (
      <EmptyCard title="The catalog has no service that you may see" koala>
        Koala shows Components of the types in koala.services.types (service,
        website, worker and job by default), and any Component with a Kubernetes
        annotation. Register one in the catalog and it shows up here.
      </EmptyCard>
    );
  }
  const example = services[0].name;
  return (
    <EmptyCard
      koala
      title={`No workloads found for your ${services.length} component${
        services.length === 1 ? '' : 's'
      }`}
      code={`backstage.io/kubernetes-id: ${example}`}
    >
      Koala looked in {places}. Give a component one annotation, and the same
      label to its workload, and it shows up here within a second. Without it, a
      workload labelled app or app.kubernetes.io/name with the name of the
      component is found too.
    </EmptyCard>
  );
}
