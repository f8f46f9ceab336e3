//! Work shared by threads.

use std::sync::atomic::{AtomicUsize, Ordering};

/// Cuts items into as many runs as there are threads, does each run on its own, and gives the results in order.
pub(crate) fn spread<T: Sync, R: Send>(items: &[T], threads: usize, work: impl Fn(&[T]) -> R + Sync) -> Vec<R> {
    let run = items.len().div_ceil(threads.max(1)).max(1);
    let mut runs = items.chunks(run);
    let first = runs.next().unwrap_or(&[]);
    std::thread::scope(|scope| {
        let others: Vec<_> = runs.map(|run| scope.spawn(|| work(run))).collect();
        let mut results = vec![work(first)];
        for other in others {
            match other.join() {
                Ok(result) => results.push(result),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        results
    })
}

/// Does items one by one on whichever thread is free, so that none waits for a slow one. Each thread has a state of its own. Gives
/// the results in the order of the items, and the states.
pub(crate) fn each<T: Sync, S: Send, R: Send>(
    items: &[T],
    threads: usize,
    begin: impl Fn() -> S + Sync,
    work: impl Fn(&mut S, usize, &T) -> R + Sync,
) -> (Vec<R>, Vec<S>) {
    let next = AtomicUsize::new(0);
    let some: Vec<usize> = (0..threads.clamp(1, items.len().max(1))).collect();
    let done = spread(&some, threads, |_| {
        let (mut state, mut results) = (begin(), Vec::new());
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(index) else { return (state, results) };
            results.push((index, work(&mut state, index, item)));
        }
    });
    let (states, results): (Vec<S>, Vec<Vec<(usize, R)>>) = done.into_iter().unzip();
    let mut results: Vec<(usize, R)> = results.into_iter().flatten().collect();
    results.sort_by_key(|(index, _)| *index);
    (results.into_iter().map(|(_, result)| result).collect(), states)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_results_are_those_of_one_thread() {
        let items: Vec<u32> = (0..100).collect();
        let sum = |threads| spread(&items, threads, |some| some.to_vec()).concat();
        assert_eq!(sum(1), items);
        assert_eq!(sum(3), items);
        assert_eq!(spread(&[] as &[u32], 2, |some| some.len()), [0]);
    }

    #[test]
    fn each_item_is_done_once_and_its_result_stands_at_its_place() {
        let items: Vec<usize> = (0..1000).collect();
        for threads in [0, 1, 2, 7, 2000] {
            let (results, states) = each(
                &items,
                threads,
                || 0,
                |done, index, item| {
                    *done += 1;
                    index * 1000 + item
                },
            );
            assert_eq!(results, items.iter().map(|item| item * 1001).collect::<Vec<_>>());
            assert_eq!(states.iter().sum::<usize>(), 1000);
        }
        assert_eq!(each(&[] as &[u8], 2, || (), |_, _, _| 1).0, [0; 0]);
    }
}
