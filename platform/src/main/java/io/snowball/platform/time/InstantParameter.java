package io.snowball.platform.time;

import jakarta.ws.rs.ext.ParamConverter;
import jakarta.ws.rs.ext.ParamConverterProvider;
import jakarta.ws.rs.ext.Provider;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Times in the address keep to the bounds like those in a body. */
@Provider
public class InstantParameter implements ParamConverterProvider {
    @Override
    @SuppressWarnings("unchecked")
    public <T> @Nullable ParamConverter<T> getConverter(Class<T> type, Type generic, Annotation[] annotations) {
        return type == Instant.class ? (ParamConverter<T>) new Bounded() : null;
    }

    private static final class Bounded implements ParamConverter<Instant> {
        @Override
        public @Nullable Instant fromString(@Nullable String text) {
            return text == null || text.isEmpty() ? null : TimeBounds.check(Instant.parse(text));
        }

        @Override
        public String toString(Instant at) {
            return at.toString();
        }
    }
}
