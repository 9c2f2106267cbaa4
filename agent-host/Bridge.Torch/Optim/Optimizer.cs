using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        /// <summary>Changes parameters by their gradients, one step at a time.</summary>
        public abstract class Optimizer : IDisposable
        {
            private protected readonly List<ParamGroup> _groups = [];

            private protected Optimizer()
            {
            }

            /// <summary>The learning rates, one a group, for schedules.</summary>
            public virtual IEnumerable<ILearningRateController> ParamGroups => _groups;

            public virtual IEnumerable<Parameter> parameters() => _groups.SelectMany(group => group.Parameters);

            /// <summary>Adds parameters with settings of their own; what they leave out is as the optimiser was made with.</summary>
            public abstract void add_param_group(ParamGroup param_group);

            /// <summary>Sets the gradients to zero. A parameter that never had one is left without.</summary>
            public virtual void zero_grad()
            {
                foreach (ParamGroup group in _groups)
                    foreach (Parameter parameter in group.Parameters)
                        parameter.ZeroGradient();
            }

            /// <summary>Changes every parameter that has a gradient.</summary>
            /// <param name="closure">Computes the loss and its gradients first, where given.</param>
            /// <returns>What the closure gave, or null.</returns>
            public abstract Tensor? step(Func<Tensor>? closure = null);

            public void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }

            /// <summary>The state is in plain arrays, so there is nothing to give back.</summary>
            protected virtual void Dispose(bool disposing)
            {
            }
        }

        /// <summary>What a schedule sees of a group of parameters.</summary>
        public interface ILearningRateController
        {
            double LearningRate { get; set; }

            /// <summary>The rate before any schedule changed it.</summary>
            double InitialLearningRate { get; set; }
        }
    }
}
