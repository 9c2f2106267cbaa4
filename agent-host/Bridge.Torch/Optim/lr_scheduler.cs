namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        /// <summary>Schedules of the learning rate. Making one sets the rate of its first step; call step() after the optimiser's.</summary>
        public static partial class lr_scheduler
        {
            /// <summary>Sets the rate of every group from its first rate and the number of steps done.</summary>
            public abstract class LRScheduler
            {
                private readonly ILearningRateController[] _groups;
                private readonly double[] _last;

                private protected LRScheduler(Optimizer optimizer, int last_epoch)
                {
                    _groups = [.. optimizer.ParamGroups];
                    _last = [.. _groups.Select(group => group.LearningRate)];
                    LastEpoch = last_epoch;
                }

                private protected int LastEpoch { get; private set; }

                /// <summary>The rates that the last step set, one a group.</summary>
                public IEnumerable<double> get_last_lr() => _last;

                public virtual void step()
                {
                    LastEpoch++;
                    for (int i = 0; i < _groups.Length; i++)
                        _groups[i].LearningRate = _last[i] = Rate(i, _groups[i].InitialLearningRate);
                }

                /// <summary>The rate of a group at <see cref="LastEpoch"/>.</summary>
                private protected abstract double Rate(int group, double initial);
            }

            /// <summary>The first rate times a function of the step.</summary>
            public static LRScheduler LambdaLR(Optimizer optimizer, Func<int, double> lr_lambda, int last_epoch = -1) => new LambdaSchedule(optimizer, _ => lr_lambda, last_epoch);

            /// <summary>The first rate times a function of the step, one function a group.</summary>
            public static LRScheduler LambdaLR(Optimizer optimizer, IEnumerable<Func<int, double>> lr_lambdas, int last_epoch = -1)
            {
                Func<int, double>[] functions = [.. lr_lambdas];
                if (functions.Length != optimizer.ParamGroups.Count())
                    throw new ArgumentException($"LambdaLR: {functions.Length} functions for {optimizer.ParamGroups.Count()} groups of parameters", nameof(lr_lambdas));
                return new LambdaSchedule(optimizer, group => functions[group], last_epoch);
            }

            /// <summary>The rate shrinks by the same factor at every step.</summary>
            public static LRScheduler ExponentialLR(Optimizer optimizer, double gamma = 0.1, int last_epoch = -1)
                => new LambdaSchedule(optimizer, _ => epoch => Math.Pow(gamma, epoch), last_epoch);

            /// <summary>Half a cosine from the first rate down to eta_min in T_max steps (Loshchilov and Hutter 2017, equation 5), and up again after.</summary>
            public static LRScheduler CosineAnnealingLR(Optimizer optimizer, double T_max, double eta_min = 0, int last_epoch = -1)
                => T_max > 0 ? new CosineSchedule(optimizer, T_max, eta_min, last_epoch) : throw new ArgumentOutOfRangeException(nameof(T_max), T_max, "CosineAnnealingLR: T_max must be above 0");

            private sealed class LambdaSchedule : LRScheduler
            {
                private readonly Func<int, Func<int, double>> _factor;

                public LambdaSchedule(Optimizer optimizer, Func<int, Func<int, double>> factor, int last_epoch) : base(optimizer, last_epoch)
                {
                    _factor = factor;
                    step();
                }

                private protected override double Rate(int group, double initial) => initial * _factor(group)(LastEpoch);
            }

            private sealed class CosineSchedule : LRScheduler
            {
                private readonly double _length, _least;

                public CosineSchedule(Optimizer optimizer, double length, double least, int last_epoch) : base(optimizer, last_epoch)
                {
                    (_length, _least) = (length, least);
                    step();
                }

                private protected override double Rate(int group, double initial) => _least + (initial - _least) * (1 + Math.Cos(Math.PI * LastEpoch / _length)) / 2;
            }
        }
    }
}
