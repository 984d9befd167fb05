import { z } from 'zod';

const name = z
  .string()
  .regex(
    /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/,
    'must be lower case letters, digits and hyphens, as a Kubernetes name',
  )
  .max(63);

const namespaces = z.union(
  [
    z.array(z.string().min(1)).min(1),
    z.strictObject({ selector: z.string().min(1) }),
    z.strictObject({ template: z.string().min(1) }),
  ],
  {
    error:
      "must be a list of names, or {selector: 'team=shop'}, or {template: '{system}-dev'}",
  },
);

export const targetSchema = z.strictObject({
  cluster: z.string().min(1),
  name: z.string().min(1).optional(),
  namespaces,
});

export const environmentSchema = z.strictObject({
  name,
  title: z.string().min(1).optional(),
  tier: z.string().min(1).optional(),
  promotesFrom: z.string().min(1).optional(),
  targets: z.array(z.unknown()).min(1, 'needs at least one target'),
});

export const koalaSchema = z.looseObject({
  environments: z.array(z.unknown()).optional(),
  kubeconfig: z.string().min(1).optional(),
  services: z
    .strictObject({ types: z.array(z.string().min(1)).min(1).optional() })
    .optional(),
});
