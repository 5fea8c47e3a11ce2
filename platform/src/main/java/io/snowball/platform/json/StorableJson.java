package io.snowball.platform.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.deser.std.StringDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.datatype.jsr310.deser.InstantDeserializer;
import io.quarkus.jackson.ObjectMapperCustomizer;
import io.snowball.platform.time.TimeBounds;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** PostgreSQL keeps no NUL in a text, and no time of the year 300000. */
@Singleton
class StorableJson implements ObjectMapperCustomizer {
    /** After the framework's modules, which would else read times their way: the last to come is asked first. */
    @Override
    public int priority() {
        return MINIMUM_PRIORITY;
    }

    @Override
    public void customize(ObjectMapper mapper) {
        mapper.registerModule(new SimpleModule("storable")
                .addDeserializer(String.class, new StorableText())
                .addDeserializer(Instant.class, new StorableTime()));
    }

    private static JsonMappingException refuse(JsonParser parser, IllegalArgumentException reason) {
        return JsonMappingException.from(parser, "Not storable", reason);
    }

    private static final class StorableText extends StdScalarDeserializer<String> {
        StorableText() {
            super(String.class);
        }

        @Override
        public @Nullable String deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            String text = StringDeserializer.instance.deserialize(parser, context);
            if (text != null && text.indexOf('\0') >= 0) {
                throw refuse(parser, new IllegalArgumentException("must hold no NUL character"));
            }
            return text;
        }
    }

    private static final class StorableTime extends StdScalarDeserializer<Instant> {
        StorableTime() {
            super(Instant.class);
        }

        @Override
        public @Nullable Instant deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            Instant at = InstantDeserializer.INSTANT.deserialize(parser, context);
            try {
                return at == null ? null : TimeBounds.check(at);
            } catch (IllegalArgumentException outside) {
                throw refuse(parser, outside);
            }
        }
    }
}
