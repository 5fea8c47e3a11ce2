package io.snowball.platform.access;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.problem.CommonProblem;
import io.snowball.platform.security.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/** Hands out people's data in the ways that services do. */
@Path("/api/v1/people")
@Produces("application/json")
class PersonResource {
    static final UUID NOBODY = new UUID(7, 7);
    private final AccessNotes notes;

    PersonResource(AccessNotes notes) {
        this.notes = notes;
    }

    record PersonView(UUID id) implements Accessed {
        @Override
        public List<UUID> whoseData() {
            return List.of(id);
        }
    }

    record PersonList(List<PersonView> items) implements Accessed {
        @Override
        public List<UUID> whoseData() {
            return items.stream().map(PersonView::id).toList();
        }
    }

    @GET
    @Path("{personId}")
    @RolesAllowed(Roles.SALES)
    @Accesses(value = AccessAction.READ, purpose = "customer-care", subject = "personId")
    @Operation(operationId = "getPerson")
    public Uni<PersonView> get(@RestPath UUID personId) {
        return Uni.createFrom().item(personId).map(id -> {
            if (id.equals(NOBODY)) {
                throw CommonProblem.NOT_FOUND.with("Nobody has this id");
            }
            return new PersonView(id);
        });
    }

    @GET
    @RolesAllowed(Roles.SALES)
    @Accesses(value = AccessAction.EXPORT, purpose = "hand-over")
    @Operation(operationId = "listPeople")
    public PersonList list(@RestQuery int people) {
        return new PersonList(Stream.iterate(1L, number -> number + 1)
                .limit(people)
                .map(number -> new PersonView(new UUID(0, number)))
                .toList());
    }

    @POST
    @Path("searches")
    @RolesAllowed(Roles.SALES)
    @Accesses(value = AccessAction.SEARCH, purpose = "customer-care")
    @Operation(operationId = "searchPeople")
    public PersonList search(String phone) {
        notes.searched(phone);
        return new PersonList(List.of());
    }
}
