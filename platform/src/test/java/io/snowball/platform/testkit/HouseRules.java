package io.snowball.platform.testkit;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.groups.UniSubscribe;
import jakarta.ws.rs.Path;
import java.net.http.HttpClient;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;

/** The rules of the house, the same in every service. Each message says what to do instead. */
public final class HouseRules {
    private static final String[] SERVICES = {"customer", "segmentation", "consent", "campaign", "gateway"};

    private record Waiting(Class<?> owner, Set<String> methods) {}

    private static final List<Waiting> WAITING = List.of(
            new Waiting(Thread.class, Set.of("sleep", "join")),
            new Waiting(Future.class, Set.of("get", "join")),
            new Waiting(CountDownLatch.class, Set.of("await")),
            new Waiting(Semaphore.class, Set.of("acquire")),
            new Waiting(BlockingQueue.class, Set.of("take", "put")),
            new Waiting(HttpClient.class, Set.of("send")));

    private HouseRules() {}

    /** @param service the last part of the root package, such as {@code customer}; {@code platform} keeps the rules too */
    public static void check(String service) {
        isAlone(service);
        String root = "io.snowball." + service;
        JavaClasses code = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(root);
        Stream.of(
                        featuresWithoutCycles(root),
                        resourcesAreNamedSo(),
                        resourceMethodsArePublic(),
                        ownHouseOnly(service),
                        timeIsAnInput(),
                        idsSortByTime(),
                        nothingBlocks(),
                        noUnnamedRoles(),
                        PersonalDataRule.accessesAreRecorded())
                .forEach(rule -> rule.allowEmptyShould(true).check(code));
    }

    private static ArchRule featuresWithoutCycles(String root) {
        return slices().matching(root + ".(*)..")
                .should()
                .beFreeOfCycles()
                .because("features may call each other in one direction only: move what both need to the lower one");
    }

    private static ArchRule resourcesAreNamedSo() {
        return classes()
                .that()
                .areAnnotatedWith(Path.class)
                .and()
                .areNotInterfaces()
                .should()
                .haveSimpleNameEndingWith("Resource")
                .because("who looks for an endpoint looks for *Resource");
    }

    private static ArchRule resourceMethodsArePublic() {
        return methods()
                .that()
                .areDeclaredInClassesThat(simpleNameEndingWith("Resource"))
                .and()
                .areAnnotatedWith(jakarta.ws.rs.GET.class)
                .or()
                .areAnnotatedWith(jakarta.ws.rs.POST.class)
                .or()
                .areAnnotatedWith(jakarta.ws.rs.PUT.class)
                .or()
                .areAnnotatedWith(jakarta.ws.rs.PATCH.class)
                .or()
                .areAnnotatedWith(jakarta.ws.rs.DELETE.class)
                .should()
                .bePublic()
                .because("Quarkus answers 404 for a resource method that is not public");
    }

    /** Not only what is used: what lies on the class path will be. */
    private static void isAlone(String service) {
        JavaClasses others = new ClassFileImporter()
                .importPackages(
                        others(service).map(other -> "io.snowball." + other).toList());
        if (!others.isEmpty()) {
            throw new AssertionError(others.iterator().next().getName() + " of another service is on the class path of "
                    + service + ": services agree by contract only, take it out of the pom");
        }
    }

    private static Stream<String> others(String service) {
        return Stream.of(SERVICES).filter(other -> !other.equals(service));
    }

    private static ArchRule ownHouseOnly(String service) {
        String[] others =
                others(service).map(other -> "io.snowball." + other + "..").toArray(String[]::new);
        return noClasses()
                .should()
                .dependOnClassesThat(resideInAnyPackage(others))
                .because("services agree by contract only: write a small client of what you use");
    }

    private static ArchRule timeIsAnInput() {
        return noClasses()
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(LocalDate.class, "now")
                .orShould()
                .callMethod(LocalDateTime.class, "now")
                .orShould()
                .callMethod(OffsetDateTime.class, "now")
                .because("time is an input: inject java.time.Clock, so that a test can move it");
    }

    private static ArchRule idsSortByTime() {
        return noClasses().should().callMethod(UUID.class, "randomUUID").because("use Ids.next()");
    }

    private static ArchRule nothingBlocks() {
        return noClasses()
                .that(not(simpleNameEndingWith("Worker")))
                .and(not(simpleNameEndingWith("Import")))
                .and(not(simpleNameEndingWith("FeedConsumer")))
                .should()
                .callMethod(Uni.class, "await")
                .orShould()
                .callMethod(Uni.class, "subscribe")
                .orShould()
                .callMethodWhere(target(UniSubscribe.class))
                .orShould()
                .callMethodWhere(waits())
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.sql.Connection")
                .because(
                        "nothing blocks an event loop: chain it, or put it into a *Worker or *Import that runs on a thread of its own");
    }

    private static DescribedPredicate<JavaMethodCall> waits() {
        return DescribedPredicate.describe(
                "that wait",
                call -> WAITING.stream()
                        .anyMatch(waiting -> call.getTargetOwner().isAssignableTo(waiting.owner())
                                && waiting.methods().contains(call.getName())));
    }

    private static DescribedPredicate<JavaMethodCall> target(Class<?> owner) {
        return DescribedPredicate.describe(
                "on " + owner.getSimpleName(), call -> call.getTargetOwner().isEquivalentTo(owner));
    }

    private static ArchRule noUnnamedRoles() {
        return noClasses()
                .should()
                .haveNameMatching(".*(Manager|Helper|Utils?|Impl|DTO|Dto)")
                .orShould()
                .haveNameMatching(".*\\.Abstract[A-Z].*")
                .because("name a class by what it is or does");
    }
}
