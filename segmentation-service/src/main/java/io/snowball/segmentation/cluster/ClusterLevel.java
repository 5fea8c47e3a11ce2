package io.snowball.segmentation.cluster;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

@Schema(name = "ClusterLevel", description = "The group's median within the lower, middle or upper third of all buyers")
public enum ClusterLevel {
    LOW,
    MIDDLE,
    HIGH
}
