/** Recommended label: name of the application that an object belongs to. @public */
export const APP_NAME_LABEL = 'app.kubernetes.io/name';

/** The label that most manifests older than the recommended ones carry. @public */
export const APP_LABEL = 'app';

/** Recommended label: version of the application. @public */
export const APP_VERSION_LABEL = 'app.kubernetes.io/version';

/** Tells the ReplicaSets of a Deployment, and their pods, apart. @public */
export const POD_TEMPLATE_HASH_LABEL = 'pod-template-hash';

/** Tells the pods of the revisions of a StatefulSet or a DaemonSet apart. @public */
export const CONTROLLER_REVISION_HASH_LABEL = 'controller-revision-hash';

/** Name of the exposure that an EndpointSlice belongs to. @public */
export const SERVICE_NAME_LABEL = 'kubernetes.io/service-name';
