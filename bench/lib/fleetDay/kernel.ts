import { hash32 } from './random.ts';
import type { Fn } from './frames.ts';

/**
 * What a stack ends in when it was caught inside the kernel, root first.
 *
 *   … syscall.Syscall ▸ entry_SYSCALL_64_after_hwframe ▸ do_syscall_64 ▸ ksys_read ▸ vfs_read ▸ …
 *
 * On CPU a sample can be caught at any depth of a path; off CPU it is always at its end, asleep.
 */
const syscall = ['entry_SYSCALL_64_after_hwframe', 'do_syscall_64', 'x64_sys_call'];
const fault = ['asm_exc_page_fault', 'exc_page_fault', 'do_user_addr_fault', 'handle_mm_fault'];
const sleep = ['schedule', '__schedule', 'finish_task_switch.isra.0'];
const transmit = [
  'tcp_write_xmit',
  '__tcp_transmit_skb',
  'ip_queue_xmit',
  'ip_local_out',
  'ip_output',
];

const busy: readonly (readonly string[])[] = [
  [
    ...syscall,
    '__x64_sys_futex',
    'do_futex',
    'futex_wake',
    'wake_up_q',
    'try_to_wake_up',
    '_raw_spin_unlock_irqrestore',
  ],
  [
    ...syscall,
    'ksys_write',
    'vfs_write',
    'sock_write_iter',
    'tcp_sendmsg',
    'tcp_sendmsg_locked',
    'tcp_push',
    ...transmit,
    '__dev_queue_xmit',
    'veth_xmit',
    'netif_rx',
  ],
  [
    ...syscall,
    '__x64_sys_sendto',
    '__sys_sendto',
    'tcp_sendmsg',
    'tcp_sendmsg_locked',
    'skb_do_copy_data_nocache',
    '_copy_from_iter',
  ],
  [
    ...syscall,
    'ksys_read',
    'vfs_read',
    'sock_read_iter',
    'tcp_recvmsg',
    'tcp_recvmsg_locked',
    'skb_copy_datagram_iter',
    '_copy_to_iter',
  ],
  [
    ...syscall,
    '__x64_sys_epoll_wait',
    'do_epoll_wait',
    'ep_poll',
    'ep_send_events',
    'ep_item_poll.isra.0',
    'sock_poll',
    'tcp_poll',
  ],
  [
    ...syscall,
    '__x64_sys_epoll_ctl',
    'do_epoll_ctl',
    'ep_insert',
    'kmem_cache_alloc_noprof',
    '__slab_alloc',
  ],
  [
    ...syscall,
    '__x64_sys_openat',
    'do_sys_openat2',
    'do_filp_open',
    'path_openat',
    'link_path_walk',
    'walk_component',
    'lookup_fast',
    '__d_lookup_rcu',
  ],
  [
    ...syscall,
    '__x64_sys_madvise',
    'do_madvise',
    'madvise_vma_behavior',
    'zap_page_range_single',
    'unmap_page_range',
    'free_pages_and_swap_cache',
  ],
  [
    ...syscall,
    '__x64_sys_nanosleep',
    'hrtimer_nanosleep',
    'do_nanosleep',
    'hrtimer_start_range_ns',
  ],
  [
    ...fault,
    '__handle_mm_fault',
    'handle_pte_fault',
    'do_anonymous_page',
    'alloc_anon_folio',
    'vma_alloc_folio_noprof',
    'clear_page_erms',
  ],
  [
    ...fault,
    '__handle_mm_fault',
    'do_fault',
    'filemap_map_pages',
    'next_uptodate_folio',
    'set_pte_range',
  ],
  [
    'asm_sysvec_apic_timer_interrupt',
    'sysvec_apic_timer_interrupt',
    'irq_exit_rcu',
    'handle_softirqs',
    'run_rebalance_domains',
    'load_balance',
  ],
];

const asleep: readonly (readonly string[])[] = [
  [
    ...syscall,
    '__x64_sys_futex',
    'do_futex',
    'futex_wait',
    '__futex_wait',
    'futex_wait_queue',
    ...sleep,
  ],
  [
    ...syscall,
    '__x64_sys_epoll_wait',
    'do_epoll_wait',
    'ep_poll',
    'schedule_hrtimeout_range',
    ...sleep,
  ],
  [
    ...syscall,
    '__x64_sys_epoll_pwait',
    'do_epoll_wait',
    'ep_poll',
    'schedule_hrtimeout_range',
    ...sleep,
  ],
  [...syscall, '__x64_sys_nanosleep', 'hrtimer_nanosleep', 'do_nanosleep', ...sleep],
  [
    ...syscall,
    'ksys_read',
    'vfs_read',
    'sock_read_iter',
    'tcp_recvmsg',
    'sk_wait_data',
    'wait_woken',
    'schedule_timeout',
    ...sleep,
  ],
  [...syscall, '__x64_sys_poll', 'do_sys_poll', 'do_poll', 'poll_schedule_timeout', ...sleep],
  [...syscall, '__x64_sys_fsync', 'do_fsync', 'ext4_sync_file', 'jbd2_log_wait_commit', ...sleep],
  [
    ...fault,
    '__handle_mm_fault',
    'do_fault',
    'filemap_fault',
    'folio_wait_bit_common',
    'io_schedule',
    ...sleep,
  ],
];

function kernelFn(name: string): Fn {
  return {
    name,
    file: '',
    mapping: 'vmlinux',
    line: 0,
    address: 0x1000 + (hash32(name) % 0xe0_0000),
  };
}

export const busyKernelPaths: readonly (readonly Fn[])[] = busy.map((path) => path.map(kernelFn));
export const asleepKernelPaths: readonly (readonly Fn[])[] = asleep.map((path) =>
  path.map(kernelFn),
);
