package io.snowball.customer.identity;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Whom a handful of identities names, and what is to be done with each of them. The same question always has the same answer,
 * in whatever order the identities are given:
 *
 * <ol>
 *   <li>The strongest identity that names one customer decides, in the order of {@link IdentityKind}.
 *   <li>It does not decide for a customer who has another external id in a system of which one is given: these are two accounts.
 *   <li>A phone decides only where nothing stronger is given, and never where several people have it. A device decides only
 *       where nothing but devices is given, or where its owner is a visitor: known by devices and nothing else.
 *   <li>What nobody has is linked. A phone of somebody else is linked too, and the pair put on the list for review: it may be a
 *       family's. Any other identity of somebody else stays where it is, and the pair is put on that list.
 *   <li>A device of somebody else goes over to who shows it now; a visitor's whole history does.
 * </ol>
 *
 * So nobody but a visitor is ever merged without a person having looked.
 *
 * @param customerId who it is, or null where it is nobody yet
 * @param link to be added to the customer
 * @param take devices to be taken from others and given to the customer
 * @param visitors to be merged into the customer
 * @param doubts who may be the same person
 */
public record Resolution(
        @Nullable UUID customerId,
        @Nullable IdentityKind decidedBy,
        List<Identity> link,
        List<Identity> take,
        Set<UUID> visitors,
        List<Doubt> doubts) {
    private static final Comparator<Identity> STRONGEST_FIRST =
            Comparator.comparing(Identity::kind).thenComparing(Identity::system).thenComparing(Identity::key);

    /** A customer who has any of the identities asked for, with all that the customer has. */
    public record Holder(UUID customerId, Set<Identity> identities) {
        boolean has(Identity identity) {
            return identities.stream().anyMatch(identity::isSameAs);
        }

        /** Whether nothing but devices is known. */
        public boolean isVisitor() {
            return identities.stream().allMatch(identity -> identity.kind().isDevice());
        }

        boolean hasAnotherAccountThan(Collection<Identity> given) {
            return given.stream()
                    .filter(identity -> identity.kind() == IdentityKind.EXTERNAL_ID && !has(identity))
                    .anyMatch(identity -> identities.stream()
                            .anyMatch(own -> own.kind() == IdentityKind.EXTERNAL_ID
                                    && own.system().equals(identity.system())));
        }
    }

    public record Doubt(UUID other, CandidateReason reason) {}

    /** Whether there is nobody to be found and nothing to begin a new customer with: all that was given is ambiguous. */
    public boolean isNobody() {
        return customerId == null
                && link.stream().allMatch(identity -> identity.kind() == IdentityKind.PHONE)
                && !doubts.isEmpty();
    }

    public boolean changesNothing() {
        return link.isEmpty() && take.isEmpty() && visitors.isEmpty() && doubts.isEmpty();
    }

    public static Resolution of(Collection<Identity> identities, Collection<Holder> holders) {
        List<Identity> given = distinct(identities);
        for (Identity identity : given) {
            List<Holder> owners = owners(identity, holders);
            if (owners.size() == 1 && decides(identity, owners.getFirst(), given)) {
                return rest(owners.getFirst(), identity.kind(), given, holders);
            }
        }
        return rest(null, null, given, holders);
    }

    private static boolean decides(Identity identity, Holder owner, List<Identity> given) {
        IdentityKind kind = identity.kind();
        if (kind == IdentityKind.EXTERNAL_ID) {
            return true;
        }
        if (owner.hasAnotherAccountThan(given)) {
            return false;
        }
        IdentityKind strongest = given.getFirst().kind();
        if (kind.isDevice()) {
            return strongest.isDevice() || owner.isVisitor();
        }
        return kind != IdentityKind.PHONE || strongest == IdentityKind.PHONE;
    }

    private static Resolution rest(
            @Nullable Holder decided, @Nullable IdentityKind by, List<Identity> given, Collection<Holder> holders) {
        Resolution resolution = new Resolution(
                decided == null ? null : decided.customerId(),
                by,
                new ArrayList<>(),
                new ArrayList<>(),
                new LinkedHashSet<>(),
                new ArrayList<>());
        for (Identity identity : given) {
            if (decided == null || !decided.has(identity)) {
                resolution.place(identity, owners(identity, holders));
            }
        }
        return resolution;
    }

    private void place(Identity identity, List<Holder> owners) {
        if (owners.isEmpty()) {
            link.add(identity);
            return;
        }
        Holder owner = owners.getFirst();
        if (identity.kind().isDevice()) {
            if (owner.isVisitor()) {
                visitors.add(owner.customerId());
            } else {
                take.add(identity);
            }
            return;
        }
        if (identity.kind() == IdentityKind.PHONE) {
            link.add(identity);
        }
        doubts.add(new Doubt(owner.customerId(), CandidateReason.of(identity.kind())));
    }

    private static List<Holder> owners(Identity identity, Collection<Holder> holders) {
        return holders.stream()
                .filter(holder -> holder.has(identity))
                .sorted(Comparator.comparing(Holder::customerId))
                .toList();
    }

    private static List<Identity> distinct(Collection<Identity> identities) {
        Map<Identity, Identity> distinct = new LinkedHashMap<>();
        identities.stream()
                .sorted(STRONGEST_FIRST)
                .forEach(identity -> distinct.putIfAbsent(identity.bare(), identity));
        return List.copyOf(distinct.values());
    }
}
