package io.snowball.segmentation;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.jackson.ObjectMapperCustomizer;
import jakarta.inject.Singleton;

/**
 * A rule is a tree, and reading one recurses: at the default of 1,000 levels a hostile body overflows the stack before our own
 * limit of 20 conditions, which are about 40 levels of JSON, is looked at.
 */
@Singleton
class JsonLimits implements ObjectMapperCustomizer {
    private static final int NESTING_MAX = 100;

    @Override
    public void customize(ObjectMapper mapper) {
        mapper.getFactory()
                .setStreamReadConstraints(mapper.getFactory()
                        .streamReadConstraints()
                        .rebuild()
                        .maxNestingDepth(NESTING_MAX)
                        .build());
    }
}
