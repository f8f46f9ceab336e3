//! Work shared by threads.

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
}
