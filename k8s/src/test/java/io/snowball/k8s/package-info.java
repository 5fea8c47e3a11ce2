/**
 * Tests of the Helm chart and of what stands beside it: it is rendered and linted by Helm's own code, the manifests are checked
 * against the Kubernetes API. No cluster is needed, and no helm binary.
 */
@NullMarked
package io.snowball.k8s;

import org.jspecify.annotations.NullMarked;
