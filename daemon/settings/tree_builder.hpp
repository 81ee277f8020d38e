// SPDX-License-Identifier: Apache-2.0
#pragma once
// Builds the tree of a document from the events of yaml-cpp's parser. Its own tree and not YAML::Node, since
// that one drops duplicate keys, keeps no place for aliases, and recurses when it is freed.

#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/mark.h>

#include "settings/document.hpp"

namespace sas::settings {

class TreeBuilder final : public YAML::EventHandler {
 public:
  /// The first thing that a document may not hold. After it, events change nothing any more.
  [[nodiscard]] const std::optional<Mistake>& refusal() const { return refusal_; }
  [[nodiscard]] Document take() { return std::move(document_); }

  void OnDocumentStart(const YAML::Mark& mark) override;
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override;
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override;
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override;
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value style) override;
  void OnSequenceEnd() override;
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value style) override;
  void OnMapEnd() override;

 private:
  struct Open {
    Node* node;
    const Node* key;  // read, and waiting for its value
  };

  Node* add(Node::Kind kind, const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor);
  void attach(const Node* node);
  void open(Node::Kind kind, const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor);
  void close();
  void merge(Node& map);
  void merge_from(const Node& source, const Node& key, Node& map);
  void refuse(Position at, std::string problem);
  bool count_one(Position at);

  Document document_;
  std::vector<Open> open_;
  std::unordered_map<YAML::anchor_t, const Node*> anchors_;
  std::optional<Mistake> refusal_;
  std::size_t size_ = 0;  // nodes and merged entries
  bool started_ = false;
};

}  // namespace sas::settings
