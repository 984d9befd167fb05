import { Fields } from '../objects/KubeObject';
import { age } from './duration';
import { Printer } from './Printer';

/** Roles are printed with the moment, not with their age. */
export const rolePrinter: Printer = ({ metadata }) => [
  metadata.name,
  metadata.creationTimestamp,
];

/** A RoleBinding or ClusterRoleBinding with whom it is for. */
export const bindingPrinter: Printer = (object, now) => {
  const names = (kind: string) =>
    (object.subjects ?? [])
      .filter((subject: Fields) => subject.kind === kind)
      .map((subject: Fields) =>
        kind === 'ServiceAccount'
          ? `${subject.namespace}/${subject.name}`
          : subject.name,
      )
      .join(', ');
  return [
    object.metadata.name,
    `${object.roleRef?.kind ?? ''}/${object.roleRef?.name ?? ''}`,
    age(object.metadata.creationTimestamp, now),
    names('User'),
    names('Group'),
    names('ServiceAccount'),
  ];
};
