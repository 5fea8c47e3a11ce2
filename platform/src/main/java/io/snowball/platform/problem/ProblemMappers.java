package io.snowball.platform.problem;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.quarkus.hibernate.validator.runtime.jaxrs.ResteasyReactiveViolationException;
import io.quarkus.logging.Log;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.snowball.platform.id.Ids;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.UriInfo;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/**
 * Every failure leaves the service through here, as {@code application/problem+json}. Submitted values are never echoed:
 * they may be personal.
 */
class ProblemMappers {
    /** Connection exception, insufficient resources, operator intervention: classes of PostgreSQL's appendix A. */
    private static final Set<String> UNAVAILABLE = Set.of("08", "53", "57");

    /** A character, a text representation, a JSON text and a date or time that it can't take. */
    private static final Set<String> NOT_STORABLE = Set.of("22021", "22P02", "22P05", "22007", "22008");

    /** Who reads what stands behind a %. */
    private static final Set<String> DECODERS = Set.of(
            "org.jboss.resteasy.reactive.common.util.URLUtils", "io.netty.handler.codec.http.QueryStringDecoder");

    private static final int DECODER_DEPTH = 4;

    private static final int RETRY_AFTER_SECONDS = 5;

    @ServerExceptionMapper
    RestResponse<Problem> problem(ProblemException failure, UriInfo uri) {
        return answer(failure.type(), failure.getMessage(), failure.errors(), uri, failure.retryAfterSeconds());
    }

    @ServerExceptionMapper
    RestResponse<Problem> http(WebApplicationException failure, UriInfo uri) {
        // The cause says that a path or query parameter could not be read: that is the caller's mistake, not an absent
        // page.
        if (failure instanceof NotFoundException && failure.getCause() != null) {
            return answer(CommonProblem.INVALID_REQUEST, "A parameter of the address has the wrong form", uri);
        }
        if (failure.getCause() instanceof JacksonException unreadable) {
            return json(unreadable, uri);
        }
        int status = failure.getResponse().getStatus();
        if (status >= 500) {
            return unexpected(failure, uri);
        }
        return answer(CommonProblem.ofStatus(status), null, uri);
    }

    /** The subclasses are named because the framework has mappers of its own for them, and the nearest one wins. */
    @ServerExceptionMapper({
        JacksonException.class,
        JsonMappingException.class,
        MismatchedInputException.class,
        StreamReadException.class
    })
    RestResponse<Problem> json(JacksonException failure, UriInfo uri) {
        if (failure instanceof UnrecognizedPropertyException unknown) {
            return invalid(new Problem.FieldError(pointer(unknown), "unknown-field", "There is no such field"), uri);
        }
        if (failure instanceof StreamReadException) {
            return answer(CommonProblem.INVALID_REQUEST, "The body is not well-formed JSON", uri);
        }
        if (failure instanceof JsonMappingException mismatch) {
            // Only our own sentences are repeated; Jackson's would quote the value.
            String detail = mismatch.getCause() instanceof IllegalArgumentException ours && ours.getMessage() != null
                    ? ours.getMessage()
                    : "The value has the wrong type or form";
            return invalid(new Problem.FieldError(pointer(mismatch), "wrong-type", detail), uri);
        }
        return answer(CommonProblem.INVALID_REQUEST, "The body can't be read", uri);
    }

    /** The framework has no better word for a form or an address with a % that means nothing; from elsewhere it is our mistake. */
    @ServerExceptionMapper
    RestResponse<Problem> undecodable(IllegalArgumentException failure, UriInfo uri) {
        boolean callers = Arrays.stream(failure.getStackTrace())
                .limit(DECODER_DEPTH)
                .anyMatch(frame -> DECODERS.contains(frame.getClassName()));
        return callers
                ? answer(CommonProblem.INVALID_REQUEST, "Two hexadecimal digits must follow each %", uri)
                : unexpected(failure, uri);
    }

    @ServerExceptionMapper({ResteasyReactiveViolationException.class, ConstraintViolationException.class})
    RestResponse<Problem> validation(ConstraintViolationException failure, UriInfo uri) {
        List<Problem.FieldError> errors = new ArrayList<>();
        for (ConstraintViolation<?> violation : failure.getConstraintViolations()) {
            String annotation = violation
                    .getConstraintDescriptor()
                    .getAnnotation()
                    .annotationType()
                    .getSimpleName();
            errors.add(new Problem.FieldError(pointer(violation), kebab(annotation), violation.getMessage()));
        }
        errors.sort((a, b) -> a.pointer().compareTo(b.pointer()));
        return answer(CommonProblem.INVALID_REQUEST, "Some fields are not valid", errors, uri, null);
    }

    @ServerExceptionMapper({UnauthorizedException.class, AuthenticationFailedException.class})
    RestResponse<Problem> unauthorized(UriInfo uri) {
        return RestResponse.ResponseBuilder.fromResponse(answer(CommonProblem.UNAUTHORIZED, null, uri))
                .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer")
                .build();
    }

    @ServerExceptionMapper(ForbiddenException.class)
    RestResponse<Problem> forbidden(UriInfo uri) {
        return answer(CommonProblem.FORBIDDEN, null, uri);
    }

    @ServerExceptionMapper
    RestResponse<Problem> database(PgException failure, UriInfo uri) {
        String state = String.valueOf(failure.getSqlState());
        // Class 23: a constraint said no. Whoever can say it better has mapped it before it came here.
        if (state.startsWith("23")) {
            return answer(CommonProblem.CONFLICT, "The database refused it: " + failure.getConstraint(), uri);
        }
        if (NOT_STORABLE.contains(state)) {
            // The last net. Only the state is logged: the message may quote the value.
            Log.warnf("A value that can't be stored came as far as the database, sqlState=%s", state);
            return answer(CommonProblem.INVALID_REQUEST, "A text has a NUL in it, or a value the wrong form", uri);
        }
        return UNAVAILABLE.contains(state.substring(0, 2)) ? unreachable(failure, uri) : unexpected(failure, uri);
    }

    @ServerExceptionMapper({
        SocketException.class,
        UnknownHostException.class,
        ClosedChannelException.class,
        ClosedConnectionException.class,
        ConnectionPoolTooBusyException.class
    })
    RestResponse<Problem> unreachable(Exception failure, UriInfo uri) {
        Log.warnf("Something that a request needs does not answer: %s", failure);
        String detail = "Nothing is lost: try again in a moment";
        return answer(CommonProblem.UNAVAILABLE, detail, List.of(), uri, RETRY_AFTER_SECONDS);
    }

    @ServerExceptionMapper
    RestResponse<Problem> unexpected(Throwable failure, UriInfo uri) {
        String traceId = Ids.next().toString();
        Log.errorf(failure, "Request failed unexpectedly, traceId=%s", traceId);
        CommonProblem type = CommonProblem.INTERNAL;
        Problem body = new Problem(slug(type), type.title(), type.status(), null, uri.getPath(), traceId, List.of());
        return RestResponse.ResponseBuilder.create(RestResponse.Status.INTERNAL_SERVER_ERROR, body)
                .header(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .build();
    }

    private static RestResponse<Problem> invalid(Problem.FieldError error, UriInfo uri) {
        return answer(CommonProblem.INVALID_REQUEST, "Some fields are not valid", List.of(error), uri, null);
    }

    private static RestResponse<Problem> answer(ProblemType type, @Nullable String detail, UriInfo uri) {
        return answer(type, detail, List.of(), uri, null);
    }

    private static RestResponse<Problem> answer(
            ProblemType type,
            @Nullable String detail,
            List<Problem.FieldError> errors,
            UriInfo uri,
            @Nullable Integer retryAfterSeconds) {
        Problem body = new Problem(slug(type), type.title(), type.status(), detail, uri.getPath(), null, errors);
        RestResponse.ResponseBuilder<Problem> answer = RestResponse.ResponseBuilder.<Problem>create(type.status())
                .entity(body)
                .header(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE);
        if (retryAfterSeconds != null) {
            answer.header(HttpHeaders.RETRY_AFTER, retryAfterSeconds);
        }
        return answer.build();
    }

    private static String slug(ProblemType type) {
        return "/problems/" + type.slug();
    }

    private static String pointer(JsonMappingException failure) {
        StringBuilder pointer = new StringBuilder();
        for (JsonMappingException.Reference step : failure.getPath()) {
            pointer.append('/').append(step.getFieldName() != null ? step.getFieldName() : step.getIndex());
        }
        return pointer.toString();
    }

    /** {@code create.body.lines[0].sku} becomes {@code /lines/0/sku}: method and parameter names are ours, not the caller's. */
    private static String pointer(ConstraintViolation<?> violation) {
        Deque<String> steps = new ArrayDeque<>();
        for (var node : violation.getPropertyPath()) {
            if (node.getIndex() != null) {
                steps.add(node.getIndex().toString());
            }
            if (node.getName() != null) {
                steps.add(node.getName());
            }
        }
        List<String> named = new ArrayList<>(steps);
        int skipped = named.size() > 2 ? 2 : Math.min(1, named.size());
        Iterator<String> rest = named.size() == skipped
                ? Collections.emptyIterator()
                : named.subList(skipped, named.size()).iterator();
        StringBuilder pointer = new StringBuilder();
        rest.forEachRemaining(step -> pointer.append('/').append(step));
        return pointer.toString();
    }

    private static String kebab(String camel) {
        return camel.replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }
}
