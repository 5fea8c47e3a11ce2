package io.snowball.platform.access;

import io.quarkus.logging.Log;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.snowball.platform.SnowballConfig;
import io.snowball.platform.id.Ids;
import io.snowball.platform.problem.ProblemException;
import io.snowball.platform.security.KeyedHash;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ResourceInfo;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Principal;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import org.jspecify.annotations.Nullable;

/** Puts each call of an endpoint that {@link Accesses} personal data into the access log, before the answer leaves. */
class AccessFilter {
    static final String REASON = "Snowball-Access-Reason";
    static final int CUSTOMERS_MAX = 1000;
    private static final String RECORDED = AccessFilter.class.getName();
    private static final int RETRY_AFTER_SECONDS = 5;

    private final AccessGroupWorker group;
    private final AccessNotes notes;
    private final SecurityIdentity caller;
    private final Clock clock;
    private final KeyedHash searches;

    AccessFilter(
            AccessGroupWorker group, AccessNotes notes, SecurityIdentity caller, Clock clock, SnowballConfig config) {
        this.group = group;
        this.notes = notes;
        this.caller = caller;
        this.clock = clock;
        this.searches = new KeyedHash(KeyedHash.key(config.internalKey(), "snowball access v1"));
    }

    @ServerRequestFilter
    public void checkReason(ContainerRequestContext request) {
        String reason = request.getHeaderString(REASON);
        if (reason != null && !AccessReason.isCode(reason)) {
            throw ProblemException.invalidField(
                    REASON,
                    "not-a-code",
                    "Give a reason as a code, perhaps with a number: complaint, or ticket:CRM-4711; no names or addresses");
        }
    }

    @ServerResponseFilter
    public Uni<Void> record(
            ContainerRequestContext request,
            ContainerResponseContext response,
            @Nullable ResourceInfo resource,
            HttpServerRequest http) {
        Method method = resource == null ? null : resource.getResourceMethod();
        Accesses accesses = method == null ? null : method.getAnnotation(Accesses.class);
        if (method == null
                || accesses == null
                || request.getProperty(RECORDED) != null
                || isNobody(accesses, response)) {
            return Uni.createFrom().voidItem();
        }
        // The answer to a record that can't be written comes through here again.
        request.setProperty(RECORDED, true);
        Uni<Void> written = group.write(entry(accesses, operation(method), request, response, http));
        if (response.getStatus() >= 400) {
            // Nothing is handed out that would have to be held back, and what is wrong is said already.
            return written.onFailure()
                    .invoke(failure -> Log.error("A refused access could not be recorded", failure))
                    .onFailure()
                    .recoverWithNull();
        }
        return written.onFailure().transform(failure -> {
            Log.error("An access could not be recorded, so its answer was held back", failure);
            return ProblemException.unavailable(
                    "The access can't be put into the log at this moment", RETRY_AFTER_SECONDS);
        });
    }

    /** Without a token nothing is handed out, and a stranger must not fill the log. */
    private boolean isNobody(Accesses accesses, ContainerResponseContext response) {
        return response.getStatus() == 401 && caller.isAnonymous() && accesses.value() != AccessAction.LOGIN;
    }

    private AccessRecord entry(
            Accesses accesses,
            String operation,
            ContainerRequestContext request,
            ContainerResponseContext response,
            HttpServerRequest http) {
        List<UUID> customers = customers(accesses, request, response);
        boolean few = customers.size() <= CUSTOMERS_MAX;
        String reason = request.getHeaderString(REASON);
        return new AccessRecord(
                Ids.next(),
                clock.instant(),
                actor(),
                caller.getRoles().stream().sorted().toList(),
                accesses.value(),
                operation,
                object(accesses, request),
                few ? customers : List.of(),
                customers.size(),
                reason == null ? accesses.purpose() : reason,
                http.remoteAddress() == null ? null : http.remoteAddress().hostAddress(),
                AccessResult.ofStatus(response.getStatus()),
                notes.searched() == null ? null : hash(notes.searched()),
                few ? notes.details() : digest(customers));
    }

    private String actor() {
        String noted = notes.actor();
        if (noted != null) {
            return noted;
        }
        Principal principal = caller.getPrincipal();
        return switch (principal) {
            case JsonWebToken token when token.getSubject() != null -> token.getSubject();
            case AccessActor actor -> actor.id();
            case null, default -> "unknown";
        };
    }

    private List<UUID> customers(
            Accesses accesses, ContainerRequestContext request, ContainerResponseContext response) {
        Set<UUID> ids = new LinkedHashSet<>(notes.customers());
        UUID named = uuid(request.getUriInfo().getPathParameters().getFirst(accesses.subject()));
        if (named != null) {
            ids.add(named);
        }
        if (response.getEntity() instanceof Accessed answer) {
            ids.addAll(answer.whoseData());
        }
        return new ArrayList<>(ids);
    }

    private static @Nullable String object(Accesses accesses, ContainerRequestContext request) {
        for (var parameter : request.getUriInfo().getPathParameters().entrySet()) {
            UUID id = uuid(parameter.getValue().getFirst());
            if (id != null && !parameter.getKey().equals(accesses.subject())) {
                return id.toString();
            }
        }
        return null;
    }

    private static @Nullable UUID uuid(@Nullable String text) {
        try {
            return text == null || text.length() != 36 ? null : UUID.fromString(text);
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    private static String operation(Method method) {
        Operation operation = method.getAnnotation(Operation.class);
        return operation == null || operation.operationId().isEmpty() ? method.getName() : operation.operationId();
    }

    private String hash(String searched) {
        byte[] normal = searched.strip().toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8);
        return HexFormat.of().formatHex(searches.of(normal));
    }

    /** Of too many to name: who has the list can show that it was this one. */
    private static String digest(List<UUID> customers) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            customers.stream()
                    .sorted()
                    .forEach(id -> sha256.update(id.toString().getBytes(StandardCharsets.US_ASCII)));
            return "customers-sha256=" + HexFormat.of().formatHex(sha256.digest());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
