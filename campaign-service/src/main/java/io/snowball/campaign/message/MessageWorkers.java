package io.snowball.campaign.message;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.snowball.campaign.CampaignConfig;
import io.vertx.mutiny.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.ArrayList;
import java.util.List;

/** Starts the planner and the dispatchers with the application, and lets them finish what they hold when it stops. */
@ApplicationScoped
class MessageWorkers {
    private final List<LoopWorker> workers = new ArrayList<>();
    private volatile boolean stopping;

    MessageWorkers(Planning planning, Leases leases, Dispatch dispatch, Vertx vertx, CampaignConfig config) {
        var pause = config.dispatch().idlePause();
        if (config.plan().enabled()) {
            workers.add(new LoopWorker("The planner", planning::planPage, pause, vertx.getOrCreateContext()));
        }
        for (int i = 1; i <= config.dispatch().workers(); i++) {
            Dispatcher dispatcher = new Dispatcher(leases, dispatch, () -> stopping);
            workers.add(new LoopWorker("Dispatcher " + i, dispatcher::step, pause, vertx.getOrCreateContext()));
        }
    }

    void start(@Observes StartupEvent event) {
        workers.forEach(LoopWorker::start);
    }

    void stop(@Observes ShutdownEvent event) {
        stopping = true;
        workers.forEach(LoopWorker::askToStop);
        workers.forEach(LoopWorker::awaitStop);
    }
}
