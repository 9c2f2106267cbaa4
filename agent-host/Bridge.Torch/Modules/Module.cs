using System.Reflection;
using Bridge.Torch.Memory;
using TorchSharp.Modules;
using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>
        /// A network or a part of one. A subclass puts its parts into fields and calls <see cref="RegisterComponents"/> at the end of its constructor:
        /// they are then found by the fields' names.
        /// </summary>
        public partial class Module : IDisposable
        {
            private readonly OrderedDictionary<string, Module> _modules = [];
            private readonly OrderedDictionary<string, Parameter> _parameters = [];
            private readonly OrderedDictionary<string, Tensor> _buffers = [];
            private readonly string _name;
            private bool _registered;

            /// <param name="name">For messages.</param>
            protected Module(string name) => _name = name;

            public virtual string GetName() => _name;

            /// <summary>Registers every field that holds a module, a parameter or (as a buffer) a tensor, in the order of the fields.</summary>
            protected virtual void RegisterComponents()
            {
                if (_registered)
                    return;
                _registered = true;
                if (GetType().Assembly == typeof(Module).Assembly)
                    return;   // the layers here register by hand
                foreach (FieldInfo field in GetType().GetFields(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance))
                    RegisterField(field);
            }

            private void RegisterField(FieldInfo field)
            {
                string name = field.GetCustomAttribute<ComponentNameAttribute>()?.Name ?? field.Name;
                if (_modules.ContainsKey(name) || _parameters.ContainsKey(name) || _buffers.ContainsKey(name))
                    return;
                switch (field.GetValue(this))
                {
                    case Module module:
                        register_module(name, module);
                        break;
                    case Parameter parameter:
                        register_parameter(name, parameter);
                        break;
                    case Tensor tensor:
                        register_buffer(name, tensor);
                        break;
                }
            }

            /// <summary>Adds a part whose parameters are this module's too.</summary>
            /// <exception cref="ArgumentException">The name is empty or has a dot.</exception>
            /// <exception cref="InvalidOperationException">The name is taken.</exception>
            public virtual void register_module(string name, Module submodule)
            {
                CheckName(name);
                submodule.RegisterComponents();
                if (!_modules.TryAdd(name, submodule))
                    throw new InvalidOperationException($"{_name}: a module '{name}' is already registered");
            }

            public void add_module(string name, Module module) => register_module(name, module);

            /// <summary>Adds a tensor that an optimiser trains.</summary>
            public virtual void register_parameter(string name, Parameter param)
            {
                CheckName(name);
                param.DetachFromDisposeScope();
                if (!_parameters.TryAdd(name, param))
                    throw new InvalidOperationException($"{_name}: a parameter '{name}' is already registered");
            }

            /// <summary>Adds a tensor that is saved with the module and not trained.</summary>
            public virtual void register_buffer(string name, Tensor tensor)
            {
                CheckName(name);
                tensor.DetachFromDisposeScope();
                if (!_buffers.TryAdd(name, tensor))
                    throw new InvalidOperationException($"{_name}: a buffer '{name}' is already registered");
            }

            /// <summary>Puts a parameter in the place of another one, or away where it is null.</summary>
            protected void ConditionallyRegisterParameter(string name, Tensor? value)
            {
                if (value is null)
                    _parameters.Remove(name);
                else
                    _parameters[name] = value as Parameter ?? new Parameter(value);
            }

            /// <summary>Puts a buffer in the place of another one, or away where it is null.</summary>
            protected void ConditionallyRegisterBuffer(string name, Tensor? value)
            {
                if (value is null)
                    _buffers.Remove(name);
                else
                    _buffers[name] = value.DetachFromDisposeScope();
            }

            public void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }

            /// <summary>Gives back the memory of all parameters and buffers, its parts' too.</summary>
            protected virtual void Dispose(bool disposing)
            {
                if (!disposing)
                    return;
                foreach (Parameter parameter in _parameters.Values)
                    parameter.Dispose();
                foreach (Tensor buffer in _buffers.Values)
                    buffer.Dispose();
                foreach (Module module in _modules.Values)
                    module.Dispose();
            }

            private void CheckName(string name)
            {
                if (string.IsNullOrEmpty(name) || name.Contains('.'))
                    throw new ArgumentException($"{_name}: '{name}' is no name for a part: it is empty or has a dot", nameof(name));
            }
        }
    }
}
