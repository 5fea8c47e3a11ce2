package io.snowball.customer.deal;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Which deals are asked for; what is null does not matter. */
record DealFilter(
        @Nullable UUID pipelineId,
        @Nullable UUID stageId,
        @Nullable UUID customerId,
        @Nullable String managerId,
        boolean overdue) {
    Object[] query() {
        return new Object[] {"deals", pipelineId, stageId, customerId, managerId, overdue};
    }
}
