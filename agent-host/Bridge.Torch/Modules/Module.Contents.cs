using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            /// <summary>The parts, not the parts' parts.</summary>
            public virtual IEnumerable<(string name, Module module)> named_children() => _modules.Select(pair => (pair.Key, pair.Value));

            /// <summary>All parts at any depth, an outer one before its own parts; this module is not among them.</summary>
            public virtual IEnumerable<(string name, Module module)> named_modules()
            {
                foreach (var (name, module) in _modules)
                {
                    yield return (name, module);
                    foreach (var (inner, part) in module.named_modules())
                        yield return ($"{name}.{inner}", part);
                }
            }

            public virtual IEnumerable<Module> children() => _modules.Values;

            public virtual IEnumerable<Module> modules() => named_modules().Select(pair => pair.module);

            /// <summary>Parameters with their names in the state dict; one that two parts share comes once.</summary>
            public virtual IEnumerable<(string name, Parameter parameter)> named_parameters(bool recurse = true)
            {
                var seen = new HashSet<Parameter>(ReferenceEqualityComparer.Instance);
                foreach (var (name, parameter) in _parameters)
                    if (seen.Add(parameter))
                        yield return (name, parameter);
                if (!recurse)
                    yield break;
                foreach (var (name, module) in _modules)
                    foreach (var (inner, parameter) in module.named_parameters())
                        if (seen.Add(parameter))
                            yield return ($"{name}.{inner}", parameter);
            }

            public virtual IEnumerable<Parameter> parameters(bool recurse = true) => named_parameters(recurse).Select(pair => pair.parameter);

            public virtual IEnumerable<(string name, Tensor buffer)> named_buffers(bool recurse = true)
            {
                foreach (var (name, buffer) in _buffers)
                    yield return (name, buffer);
                if (!recurse)
                    yield break;
                foreach (var (name, module) in _modules)
                    foreach (var (inner, buffer) in module.named_buffers())
                        yield return ($"{name}.{inner}", buffer);
            }

            public virtual IEnumerable<Tensor> buffers(bool recurse = true) => named_buffers(recurse).Select(pair => pair.buffer);

            /// <summary>The parameter of this name (dots go down into the parts), or null.</summary>
            public virtual Parameter? get_parameter(string target) => named_parameters().FirstOrDefault(pair => pair.name == target).parameter;

            /// <summary>The buffer of this name (dots go down into the parts), or null.</summary>
            public virtual Tensor? get_buffer(string target) => named_buffers().FirstOrDefault(pair => pair.name == target).buffer;

            public virtual bool has_parameter(string target) => get_parameter(target) is not null;

            public virtual bool has_buffer(string target) => get_buffer(target) is not null;

            /// <summary>The tensors themselves (no copies) of this module and its parts, parameters and then buffers of each.</summary>
            public virtual Dictionary<string, Tensor> state_dict(Dictionary<string, Tensor>? destination = null, string? prefix = null)
            {
                destination ??= [];
                string start = string.IsNullOrEmpty(prefix) ? "" : prefix + ".";
                foreach (var (name, parameter) in _parameters)
                    destination.TryAdd(start + name, parameter);
                foreach (var (name, buffer) in _buffers)
                    destination.TryAdd(start + name, buffer);
                foreach (var (name, module) in _modules)
                    module.state_dict(destination, start + name);
                return destination;
            }

            /// <summary>Copies values into the parameters and buffers of these names.</summary>
            /// <param name="strict">Refuse names that only one side has.</param>
            /// <param name="skip">Names to leave alone.</param>
            /// <returns>Names only this module has, and names only <paramref name="source"/> has.</returns>
            /// <exception cref="InvalidOperationException">Names differ and <paramref name="strict"/> is set.</exception>
            /// <exception cref="ArgumentException">A shape or type differs; nothing was copied.</exception>
            public virtual (IList<string> missing_keys, IList<string> unexpected_keyes) load_state_dict(Dictionary<string, Tensor> source, bool strict = true, IList<string>? skip = null)
            {
                Dictionary<string, Tensor> destination = state_dict();
                foreach (string name in skip ?? [])
                    destination.Remove(name);
                List<string> missing = [.. destination.Keys.Where(name => !source.ContainsKey(name))];
                List<string> unexpected = [.. source.Keys.Where(name => !destination.ContainsKey(name) && skip?.Contains(name) != true)];
                if (strict && missing.Count + unexpected.Count > 0)
                    throw new InvalidOperationException($"load_state_dict: missing [{string.Join(", ", missing)}], unexpected [{string.Join(", ", unexpected)}]");
                List<(Tensor To, Tensor From)> pairs = [.. destination.Where(pair => source.ContainsKey(pair.Key)).Select(pair => (pair.Value, source[pair.Key]))];
                foreach (var (name, to) in destination)
                    if (source.TryGetValue(name, out Tensor? from) && (from.dtype != to.dtype || !from.shape.AsSpan().SequenceEqual(to.shape)))
                        throw new ArgumentException($"load_state_dict: '{name}' is {from.dtype} {from.Text}, the module has {to.dtype} {to.Text}");
                using IDisposable noGrad = no_grad();
                foreach (var (to, from) in pairs)
                    to.copy_(from);
                return (missing, unexpected);
            }
        }
    }
}
