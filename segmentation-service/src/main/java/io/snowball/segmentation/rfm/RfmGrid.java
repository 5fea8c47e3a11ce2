package io.snowball.segmentation.rfm;

import io.snowball.segmentation.rfm.RfmGridApi.RfmGridBody;
import java.time.Instant;
import java.util.UUID;

/** A declared grid as it is stored. */
record RfmGrid(UUID id, RfmGridBody definition, int version, Instant createdAt, Instant updatedAt) {}
