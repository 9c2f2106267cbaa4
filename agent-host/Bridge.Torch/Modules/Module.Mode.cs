using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            private bool _training = true;

            /// <summary>Whether dropout drops and batch normalisation takes the batch's statistics.</summary>
            public virtual bool training => _training;

            /// <summary>Sets the mode of this module and all its parts.</summary>
            public virtual void train(bool on = true)
            {
                _training = on;
                foreach (Module module in _modules.Values)
                    module.train(on);
            }

            public virtual void eval() => train(false);

            /// <summary>Lets go of the gradients of all parameters, or sets them to zero.</summary>
            public virtual void zero_grad(bool set_to_none = true)
            {
                foreach (Parameter parameter in parameters())
                {
                    if (set_to_none)
                        parameter.grad = null;
                    else
                        parameter.ZeroGradient();
                }
            }

            /// <summary>Freezes the parameters (false) or lets them train again.</summary>
            public virtual Module requires_grad_(bool requires_grad = true)
            {
                foreach (Parameter parameter in parameters())
                    parameter.requires_grad = requires_grad;
                return this;
            }

            /// <summary>Calls a function with every part and, last, with this module.</summary>
            public virtual Module apply(Action<Module> fn)
            {
                foreach (Module module in _modules.Values)
                    module.apply(fn);
                fn(this);
                return this;
            }
        }
    }
}
